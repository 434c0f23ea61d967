import { kindWord } from '../../src/model/resource.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Resource } from '../../src/model/resource.ts';
import { compiled } from '../support/compiled.ts';
import { applyOn } from '../support/engine.ts';
import type { TestNode } from '../support/node.ts';
import { healTopology, prepare } from './heal/network.ts';

/** The network of the heal tests with the given floating IPs, each with the name of its target instance. */
export function graphWith(
  floating: Readonly<Record<string, string>>,
  change: (text: string) => string = (text) => text,
): DesiredGraph {
  const text = healTopology({ tun: false, release: 'mitaka' });
  const ips = Object.entries(floating).map(
    ([address, instance], i) =>
      `  f${i}: { floating_network: public, floating_ip_address: ${address}, instance: ${instance} }\n`,
  );
  const head = text.slice(0, text.indexOf('floating_ips:'));
  return compiled(change(ips.length > 0 ? `${head}floating_ips:\n${ips.join('')}` : head)).graph;
}

export const F1 = '203.0.113.20';
export const OUTSIDE = 'nsenter --net=/run/wire/eth1';

export function nameOf(graph: DesiredGraph, kind: string, prefix: string): string {
  return [...graph.resources.values()].find((r) => kindWord(r.kind) === kind && r.name.startsWith(prefix))?.name ?? '';
}

/** Returns the device of a namespace with this prefix, whatever its type. */
export function portOf(graph: DesiredGraph, prefix: string): Resource | undefined {
  return [...graph.resources.values()].find(
    ({ kind, name, netns }) =>
      ['veth', 'ovs-internal'].includes(kindWord(kind)) && netns !== null && name.startsWith(prefix),
  );
}

/** Nothing of the topology. */
export const EMPTY: DesiredGraph = {
  topology: 'demo',
  nodes: ['node1'],
  resources: new Map(),
  known: new Map(),
  subjects: [],
};
export const FLOATING = graphWith({ [F1]: 'guest' });
/** The floating IP moves, another is added, the guest has another address, and the router loses a route. */
export const MOVED = graphWith({ [F1]: 'other', '203.0.113.22': 'guest' }, (text) =>
  text.replace('fixed_ip_address: 10.0.0.5', 'fixed_ip_address: 10.0.0.55').replace(/ *routes: .*\n/, ''),
);

/** A network, and where to observe it. */
export interface Running {
  readonly node: TestNode;
  readonly router: string;
  /** Of the router's gateway device. */
  readonly mac: string;
  /** The words that start a program there. */
  readonly inRouter: string;
}

/** Returns an applied network, an outside host, and guests that answer. */
export async function running(node: TestNode, graph: DesiredGraph): Promise<Running> {
  await prepare(node, graph);
  await node.sh(`${OUTSIDE} ip addr add 203.0.113.111/24 dev eth1`);
  await applyOn(node, graph);
  for (const [guest, address] of Object.entries({ guest: '10.0.0.5', other: '10.0.0.9' })) {
    await node.sh(
      `nsenter --net=/run/netloom-guests/${guest} sh -c 'ip addr add ${address}/24 dev eth0; ip link set dev eth0 ` +
        `up; ip route add default via 10.0.0.1'`,
    );
  }
  const router = nameOf(graph, 'netns', 'qrouter-');
  const { mac } = portOf(graph, 'qg-')?.spec as { mac: string };
  return { node, router, mac, inRouter: `nsenter --net=/run/netns/${router}` };
}

/** Returns the targets of the tracked connections to an address. */
export async function tracked(node: TestNode, inRouter: string, address: string): Promise<string[]> {
  const text = await node.sh(`${inRouter} conntrack -L --orig-dst ${address} 2>/dev/null || :`);
  return [...new Set(text.split('\n').flatMap((line) => /src=\S+ dst=\S+ .*?src=(\S+)/.exec(line)?.[1] ?? []))];
}
