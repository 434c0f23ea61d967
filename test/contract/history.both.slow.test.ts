import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { compileTopology } from '../../src/compile/compile.ts';
import { hasErrors } from '../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { loadTopology } from '../../src/topology/load.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { crowdedDocs, INSTANCES } from '../arbitraries/crowded.ts';
import { compiled } from '../support/compiled.ts';
import { carryOut, inShort, planOn } from '../support/engine.ts';
import { testedMechanism, withMechanism } from '../support/mechanism.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot, type Snapshot } from '../support/snapshot.ts';
import { difference } from './heal/run.ts';

/** The same documents in every run, so that only a change of the code can fail it; the variable selects others. */
const SEED = Number(process.env['NETLOOM_SEED'] ?? '20261130');

/** About a quarter of the documents are valid. */
const DOCUMENTS = 50;
const LIMIT_MS = 12_000;

/** A parameter of the node's own namespace: it keeps the value that a router without a namespace needed. */
const NODE_PARAMETER = /^[-+] - sysctl: /;

/** The kernel gives the bridge between a filtered port and Open vSwitch, and both its links, random MACs. */
const RANDOM_MAC = /^[-+] - links: (?:(?:qbr|qvb|qvo)\S+ address=|\S+ \S+\.(?:bridge|root)_id=)/;

const nodes = testNodes('ip', 'iptables', 'dnsmasq');

async function freshNode(): Promise<TestNode> {
  const node = await nodes.open();
  for (const index of [0, 1, 2]) await node.nic(`eth${String(index)}`, `fa:16:3e:aa:00:0${String(index)}`);
  for (const name of INSTANCES) await node.guest(`/run/netloom-guests/${name}`);
  // Some instances are filtered on their bridge.
  await node.try('for n in iptables ip6tables; do echo 1 >/proc/sys/net/bridge/bridge-nf-call-$n; done');
  return node;
}

/** Applies a graph. The kernel must accept each command at once, and a second apply must have none. */
async function apply(node: TestNode, graph: DesiredGraph): Promise<string[]> {
  const first = await planOn(node, graph);
  if (hasErrors(first.diagnostics)) return first.diagnostics.map(({ code, summary }) => `${code} ${summary}`);
  try {
    const { rounds, final } = await carryOut(node, graph, first);
    return [...(rounds > 1 ? [`${String(rounds)} rounds`] : []), ...inShort(final.plan.changes)];
  } catch (error) {
    return [String(error)];
  }
}

interface Wrong {
  /** The index of the graph. */
  readonly index: number;
  readonly wrong: readonly string[];
}

/**
 * Applies graphs one after the other on one node, and each on a fresh node as well. Returns what is wrong with the
 * first one that ends in another state than on the fresh node.
 */
async function firstWrong(graphs: readonly DesiredGraph[], limitMs: number): Promise<Wrong | undefined> {
  const node = await freshNode();
  const states = new Map<DesiredGraph, Snapshot>();
  const begin = Date.now();
  for (const [index, graph] of graphs.entries()) {
    if (Date.now() - begin > limitMs) break;
    const wrong = (await apply(node, graph)).map((line) => `after others: ${line}`);
    let expected = states.get(graph);
    if (expected === undefined) {
      const alone = await freshNode();
      wrong.push(...(await apply(alone, graph)));
      const first = await snapshot(node);
      // Carrier and the states of bridge ports change a moment after their cause.
      expected = await settled(alone, first);
      states.set(graph, expected);
      await alone.close();
    }
    const found = difference(expected, await settled(node, expected));
    wrong.push(...found.filter((line) => !NODE_PARAMETER.test(line) && !RANDOM_MAC.test(line)));
    if (wrong.length > 0) return { index, wrong };
  }
  await node.close();
  return undefined;
}

/** A router on two external subnets, with these addresses and routes, and one inside. */
function twoOutside(gateway: string, routes: string, more = ''): DesiredGraph {
  return compiled(`
name: crowded
physical_networks: { outer: {}, inner0: {} }
nodes:
  node1:
    mechanism: ${testedMechanism()}
    nics: { eth0: { physical_network: outer }, eth1: { physical_network: inner0 } }
networks:
  inner0: { physical_network: inner0, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  outer:
    physical_network: outer
    external: true
    subnets:
      one: { cidr: 203.0.113.0/24, enable_dhcp: false }
      two: { cidr: 198.51.100.8/31, enable_dhcp: false }
      ${more}
routers:
  r0:
    node: node1
    external_gateway: { network: outer, fixed_ips: [${gateway}] }
    interfaces: { lan: {} }
    routes: [${routes}]
`).graph;
}

test('a network is on-link, connected, and behind a next hop, in any order', { timeout: 600_000 }, async () => {
  const elsewhere = '{ destination: 198.51.100.8/31, nexthop: 10.0.0.9 }';
  const through = '{ destination: 172.16.0.0/12, nexthop: 198.51.100.9 }';
  const [onLink, connected, behind, far] = [
    twoOutside('203.0.113.9', through),
    twoOutside('203.0.113.9, 198.51.100.8', through),
    twoOutside('203.0.113.9', elsewhere),
    twoOutside('192.0.2.7', elsewhere, 'three: { cidr: 192.0.2.7/32, gateway_ip: 203.0.113.1, enable_dhcp: false }'),
  ];
  const turns = [onLink, connected, behind, connected, onLink, behind, far, connected, far];
  expect(await firstWrong(turns, Infinity)).toBeUndefined();
});

function graphOf(doc: Topology): DesiredGraph | undefined {
  const tested = testedMechanism();
  if (Object.values(doc.nodes ?? {}).some(({ mechanism = tested }) => mechanism !== tested)) return undefined;
  const { topology } = loadTopology(stringify(withMechanism(tested, doc)), 'topology.yaml');
  return topology && compileTopology(topology).graph;
}

test(
  `crowded networks after each other end as on a fresh node (seed ${String(SEED)})`,
  { timeout: 600_000 },
  async () => {
    const docs = fc.sample(crowdedDocs({ given: true }), { seed: SEED, numRuns: DOCUMENTS });
    const valid = docs.flatMap((doc) => {
      const graph = graphOf(doc);
      return graph === undefined ? [] : [{ doc, graph }];
    });
    const graphs = valid.map(({ graph }) => graph);
    const found = await firstWrong(graphs, LIMIT_MS);
    const { index = 0 } = found ?? {};
    const texts = valid.slice(Math.max(0, index - 1), index + 1).map(({ doc }) => stringify(doc));
    expect(found, texts.join('---\n')).toBeUndefined();
  },
);
