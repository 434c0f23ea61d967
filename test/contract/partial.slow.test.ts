import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { planNetwork } from '../../src/session/plan.ts';
import { readNetwork } from '../../src/session/read.ts';
import type { Views } from '../../src/session/read.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Netns } from '../../src/model/resource.ts';
import { listen, type Heard } from '../../src/observe/listen.ts';
import { applyOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { nameOf, portOf } from './floating.ts';
import { healTopology, prepare } from './heal/network.ts';
import { compiled } from '../support/compiled.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq');
const graph: DesiredGraph = compiled(healTopology({ tun: false, release: 'zed' })).graph;
const R = nameOf(graph, 'netns', 'qrouter-');
const D = nameOf(graph, 'netns', 'qdhcp-');
const [QR = '', QG = ''] = ['qr-', 'qg-'].map((prefix) => portOf(graph, prefix)?.name);
const nat = (words: string): string => `nsenter --net=/run/netns/${R} iptables -t nat ${words}`;

/** Damage, each to an object of its own: any of them can be done together. */
const DAMAGES: readonly string[] = [
  `ip -n ${R} addr del 203.0.113.20/32 dev ${QG}`,
  `ip -n ${R} route del default`,
  nat('-D neutron-l3-agent-PREROUTING -d 203.0.113.20/32 -j DNAT --to-destination 10.0.0.5'),
  nat('-A neutron-l3-agent-float-snat -s 99.0.0.0/8 -j ACCEPT'),
  `nsenter --net=/run/netns/${R} sysctl -qw net.ipv4.ip_forward=0`,
  `ip -n ${R} link set ${QR} address fa:16:3e:77:77:77`,
  `ip -n ${D} addr add 10.99.0.1/24 dev lo`,
  `ip -n ${D} link set lo down`,
  `ip netns del ${D}`,
  `ip link set dev tapzz down 2>/dev/null || ip link add tapzz type bridge`,
  `ip addr add 10.98.0.1/24 dev lo`,
];

let node: TestNode;
let whole: Views;

beforeAll(async () => {
  node = await nodes.open();
  await prepare(node, graph);
  await applyOn(node, graph);
  whole = await readNetwork('demo', node.shells);
});

/** What a plan of these views says. */
async function planOf(views: Views): Promise<unknown> {
  const { plan, observed, diagnostics } = await planNetwork(graph, node.shells, Promise.resolve(views));
  // Pids and times differ between two readings of the same.
  const changes = plan.changes.map(({ address, action, reason, fields }) => ({ address, action, reason, fields }));
  return {
    changes,
    diagnostics,
    observed: observed.map(({ kind, name, netns, spec }) => ({ kind, name, netns, spec })),
  };
}

test('after any damage, the namespaces that spoke, read alone, lead to the same plan as all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray([...DAMAGES], { minLength: 1, maxLength: 4 }), async (damages) => {
      const spoke = new Set<Netns>();
      let heard = (_: Heard): void => undefined;
      const ready = new Promise<void>((settle) => {
        heard = ({ what }) => {
          if (what === 'ready') settle();
        };
      });
      const listener = listen(node.shell, (each) => {
        heard(each);
        if ('netns' in each) spoke.add(each.netns);
        // The node tells which of its namespaces have a number.
        if (each.what === 'came' || each.what === 'gone') spoke.add(null);
      });
      await ready;
      await node.sh(damages.join('\n'));
      await node.sh('sleep 0.1');
      listener?.end();
      await listener?.ended;
      const part = await readNetwork('demo', node.shells, { of: whole, where: new Map([['node1', spoke]]) });
      const full = await readNetwork('demo', node.shells);
      expect(await planOf(part)).toEqual(await planOf(full));
      const { basis } = await planNetwork(graph, node.shells, Promise.resolve(whole));
      expect(basis).toBeDefined();
      const ofPart = await planNetwork(graph, node.shells, Promise.resolve(part), basis);
      const ofAll = await planNetwork(graph, node.shells, Promise.resolve(part));
      expect(ofPart.plan).toEqual(ofAll.plan);
      expect(ofPart.diagnostics).toEqual(ofAll.diagnostics);
      await node.sh('{ ip addr del 10.98.0.1/24 dev lo; ip link del tapzz; } 2>/dev/null || :');
      await applyOn(node, graph);
      whole = await readNetwork('demo', node.shells);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 60_000);

test('only the namespace that is asked for is read', async () => {
  const of = whole.get('node1')!;
  // What prints the same as before would have the same view, read or not.
  await node.sh([R, D].map((netns) => `ip -n ${netns} route add blackhole 10.55.0.0/16`).join('\n'));
  const before = node.shell.tally!.processes;
  const part = await readNetwork('demo', node.shells, { of: whole, where: new Map([['node1', new Set([R])]]) });
  const cost = node.shell.tally!.processes - before;
  const view = part.get('node1')!;
  const isNew = view.namespaces.filter((namespace) => !of.namespaces.includes(namespace));
  expect(isNew.map(({ netns }) => netns)).toEqual([R]);
  expect(view.namespaces.map(({ netns }) => netns)).toEqual(of.namespaces.map(({ netns }) => netns));
  expect(cost).toBeLessThanOrEqual(of.cost!.processes);
  expect(view.began).toBeGreaterThan(of.began!);
});
