import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { desiredGraph, type DesiredGraph } from '../../../src/model/graph.ts';
import type { MechanismName } from '../../../src/topology/defaults.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { compiled } from '../../support/compiled.ts';

/** A published network, and a change of it that touches everything that it has. */
interface Seed {
  readonly file: string;
  readonly change: (doc: Topology) => void;
}

const FLAT: Seed = {
  file: 'linuxbridge-flat.yaml',
  change(doc) {
    const { instances, floating_ips, networks, security_groups, routers } = doc;
    // The floating IP moves, another one comes; an instance goes, one comes, and one has another address.
    floating_ips!['test1-public']!.instance = 'test3';
    floating_ips!['test1-other'] = { floating_network: 'external', instance: 'test1' };
    instances!['test3']!.ports!['eth0']!.fixed_ip_address = '10.10.10.33';
    delete instances!['test2'];
    instances!['test4'] = { node: 'compute2', ports: { eth0: { network: 'flat1', fixed_ip_address: '10.10.10.44' } } };
    networks!['flat1']!.subnets!['flat1-subnet']!.dns_nameservers = ['8.8.4.4'];
    security_groups!['default']!.rules!.push({ direction: 'ingress', protocol: 'udp' });
    routers!['router1']!.routes = [{ destination: '172.16.0.0/16', nexthop: '10.10.10.77' }];
  },
};

const GRIZZLY: Seed = {
  file: 'openvswitch-grizzly.yaml',
  change(doc) {
    const { instances, floating_ips, networks, security_groups } = doc;
    floating_ips!['myvm-public']!.instance = 'another';
    floating_ips!['another-public']!.instance = 'third';
    instances!['another']!.ports!['eth0']!.fixed_ip_address = '10.1.1.22';
    delete instances!['myvm'];
    instances!['third'] = {
      node: 'openstack',
      ports: { eth0: { network: 'demo_net1', fixed_ip_address: '10.1.1.33' } },
    };
    networks!['demo_net1']!.subnets!['demo_subnet1']!.dns_nameservers = ['8.8.4.4'];
    security_groups!['default']!.rules!.push({ direction: 'ingress', protocol: 'udp' });
  },
};

/** The seeds that have a mechanism: the first one of each is published with it. */
export const SEEDS: Readonly<Record<MechanismName, readonly Seed[]>> = {
  linuxbridge: [FLAT],
  openvswitch: [GRIZZLY, FLAT],
};

/** A state between which applies lead, and the text of its file; nothing: the network is destroyed. */
export interface Stage {
  readonly name: 'nothing' | 'the seed' | 'the changed seed';
  readonly text?: string;
  readonly graph: DesiredGraph;
}

/** Returns the states of a seed, which applies reach in turn. */
export function stagesOf({ file, change }: Seed, mechanism: MechanismName): readonly [Stage, Stage, Stage] {
  const doc = parse(readFileSync(new URL(`../../../topologies/${file}`, import.meta.url), 'utf8')) as Topology;
  delete doc.expect;
  for (const node of Object.values(doc.nodes ?? {})) node.mechanism ??= mechanism;
  const changed = structuredClone(doc);
  change(changed);
  const [seed, other] = [doc, changed].map((each) => {
    const text = stringify(each, { aliasDuplicateObjects: false });
    return { text, graph: compiled(text).graph };
  });
  if (!seed || !other) throw new Error('a seed has two states');
  return [
    { name: 'nothing', graph: nothingOf(seed.graph) },
    { name: 'the seed', ...seed },
    { name: 'the changed seed', ...other },
  ];
}

/** Returns the graph of a network that is to be destroyed. */
export function nothingOf({ topology, nodes }: DesiredGraph): DesiredGraph {
  return desiredGraph(topology, nodes, []);
}
