import { kindWord } from '../../../src/model/resource.ts';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/model/change.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import type { Plan, Step } from '../../../src/model/plan.ts';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { compiled } from '../../support/compiled.ts';
import { inShort, planOn } from '../../support/engine.ts';
import { testNodes } from '../../support/node.ts';
import {
  bareNode,
  becomes,
  expectQuiet,
  F1,
  graphFor,
  nameOf,
  outOfOrder,
  said,
  standing,
  stepsOf,
} from './support.ts';

const nodes = testNodes('ip', 'iptables', 'conntrack');
const F2 = '203.0.113.21';

/** Matches the steps that edit a chain with an observed or desired rule of this pattern. */
function chainEdits(plan: Plan, pattern: RegExp): (text: string, step: Step) => boolean {
  const rules = ({ desired, observed }: Change): string => JSON.stringify([desired?.spec, observed?.spec]);
  const chains = new Set(
    plan.changes.filter((c) => kindWord(c.kind) === 'chain' && pattern.test(rules(c))).map(({ address }) => address),
  );
  return (_, { address, command }) => command.tool === 'iptables' && chains.has(address);
}

function addressLine(verb: 'add' | 'del', cidr: string): (text: string) => boolean {
  return (text) => text.includes(` addr ${verb} ${cidr} `);
}

function translating(address: string): RegExp {
  return new RegExp(`-d ${address.replaceAll('.', '[.]')}/32[^"]* -j DNAT`);
}

describe('a floating IP', () => {
  test('that is replaced: its translation is created before the new address, deleted after the old one', async () => {
    const node = await standing(nodes, graphFor({ floating: F1 }));
    const after = graphFor({ floating: F2 });
    const { plan } = await planOn(node, after);
    expect(outOfOrder(plan, chainEdits(plan, translating(F2)), addressLine('add', `${F2}/32`))).toEqual([]);
    expect(outOfOrder(plan, addressLine('del', `${F1}/32`), chainEdits(plan, translating(F1)))).toEqual([]);
    await becomes(node, after);
  });

  test('that moves to another router is deleted on the old one before it is created on the new one', async () => {
    const node = await bareNode(nodes);
    await node.nic('eth2', 'fa:16:3e:cc:00:01');
    await node.guest('/run/netloom-guests/other');
    await becomes(node, twoRouters('guest'));
    const after = twoRouters('other');
    const { plan } = await planOn(node, after);
    expect(outOfOrder(plan, addressLine('del', `${F1}/32`), addressLine('add', `${F1}/32`))).toEqual([]);
    await becomes(node, after);
  });
});

/** Two routers to one external network, each with a guest behind it. */
function twoRouters(target: 'guest' | 'other'): DesiredGraph {
  return compiled(`
name: demo
release: mitaka
physical_networks: { provider: {}, external: {}, second: {} }
nodes:
  node1:
    reach: { via: lab }
    nics: { eth0: { physical_network: provider }, eth1: { physical_network: external }, eth2: { physical_network: second } }
networks:
  lan: { physical_network: provider, port_security_enabled: false, subnets: { lan-subnet: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  lan2: { physical_network: second, port_security_enabled: false, subnets: { lan2-subnet: { cidr: 10.30.0.0/24, enable_dhcp: false } } }
  public:
    physical_network: external
    external: true
    subnets: { public-subnet: { cidr: 203.0.113.0/24, enable_dhcp: false } }
routers:
  r1: { node: node1, external_gateway: { network: public, fixed_ip_address: 203.0.113.10 }, interfaces: { lan-subnet: {} } }
  r2: { node: node1, external_gateway: { network: public, fixed_ip_address: 203.0.113.12 }, interfaces: { lan2-subnet: {} } }
instances:
  guest: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5 } } }
  other: { node: node1, ports: { eth0: { network: lan2, fixed_ip_address: 10.30.0.5 } } }
floating_ips:
  f1: { floating_network: public, floating_ip_address: ${F1}, instance: ${target} }
`).graph;
}

describe('a router', () => {
  /** The rules of a namespace, and its entrances: its taps plugged in and up. */
  const unguarded = (plan: Plan, node: string, graph: DesiredGraph): string[] => {
    const router = nameOf(graph, 'netns', 'qrouter-');
    const taps = [...graph.resources.values()]
      .filter((r) => kindWord(r.kind) === 'veth' && r.netns === router)
      .map(({ spec }) => (spec as { readonly tap: { readonly name: string } }).tap.name);
    return outOfOrder(
      plan,
      (_, { command }, batch) => batch.node === node && command.tool === 'iptables' && command.netns === router,
      (_, { command }, batch) =>
        batch.node === node &&
        command.tool === 'ip' &&
        command.netns === null &&
        taps.includes(command.words[3] ?? '') &&
        ['master', 'up'].includes(command.words[4] ?? ''),
    );
  };

  test('that moves to another node has its rules before its taps are plugged in there', async () => {
    const [one, two] = [await bareNode(nodes), await bareNode(nodes, { name: 'node2' })];
    const shells: Shells = new Map([...one.shells, ...two.shells]);
    for (const router of ['node1', 'node2'] as const) {
      const graph = graphFor({ two: true, router });
      const first = await planNetwork(graph, shells);
      expect(unguarded(first.plan, router, graph)).toEqual([]);
      const { ok, diagnostics } = await applyNetwork(graph, shells, first, {
        allow: ALLOW_ALL_DELETIONS,
        onEvent: () => undefined,
      });
      expect(said(diagnostics)).toBe('');
      expect({ ok, diagnostics }).toSettle();
      expect(inShort((await planNetwork(graph, shells)).plan.changes)).toEqual([]);
    }
  });
});

describe('effects that a namespace owes from an earlier apply', () => {
  const graph = graphFor({ floating: F1 });
  const router = nameOf(graph, 'netns', 'qrouter-');
  const OWED = '0a010203';

  test('are kept when more are owed, and cleared only after they were performed', async () => {
    const node = await standing(nodes, graph);
    await node.sh(`ip -n ${router} link set dev lo alias netloom:demo,ct=${OWED}`);
    const { plan } = await planOn(node, graphFor({ floating: F2 }));
    const alias = (text: string): string | undefined =>
      /^ip -n qrouter-\S+ link set dev lo alias (\S+)$/.exec(text)?.[1];
    const strikesOut = (text: string): boolean =>
      alias(text) !== undefined && !/[=.]0a010203|ct=\*/.test(alias(text) ?? '');
    const forgets = (text: string): boolean => text.startsWith('conntrack -D') && text.includes('10.1.2.3');
    const arms = (text: string): boolean => alias(text)?.includes('cb0071') ?? false;
    // Effects are recorded, with those owed already, before anything is changed.
    expect(stepsOf(plan, arms).map((text) => /[=.]0a010203/.test(text))).not.toContain(false);
    expect(outOfOrder(plan, arms, (_, { command }) => command.tool === 'iptables')).toEqual([]);
    expect(outOfOrder(plan, forgets, strikesOut)).toEqual([]);
    // And no command clears the record before they were performed too.
    expect(
      outOfOrder(
        plan,
        (text) => text.startsWith('conntrack -D') && (text.includes(F1) || text.includes(F2)),
        (text) => alias(text) !== undefined && !arms(text),
      ),
    ).toEqual([]);
    await becomes(node, graphFor({ floating: F2 }));
    expect(await node.sh(`ip -n ${router} -j link show dev lo`)).toContain('"ifalias":"netloom:demo"');
    await expectQuiet(node, graphFor({ floating: F2 }));
  });
});

describe('a gateway that changes its subnet', () => {
  const inSubnet = (address: string): DesiredGraph =>
    compiled(`
name: demo
release: grizzly
physical_networks: { external: {} }
nodes: { node1: { reach: { via: lab }, nics: { eth1: { physical_network: external } } } }
networks:
  public:
    physical_network: external
    external: true
    subnets:
      first: { cidr: 203.0.113.0/24, enable_dhcp: false }
      second: { cidr: 198.51.100.0/24, enable_dhcp: false, gateway_ip: null }
routers:
  r1: { node: node1, external_gateway: { network: public, enable_snat: false, fixed_ips: [${address}] } }
`).graph;

  test('its routes are deleted before its last address, with which the kernel would delete them', async () => {
    const node = await bareNode(nodes);
    await becomes(node, inSubnet('198.51.100.9'));
    await becomes(node, inSubnet('203.0.113.9'));
  });
});

describe('a route that moves from a deleted device to another', () => {
  const routed = (lan: 'lan' | 'lan2', routes: Readonly<Record<string, readonly string[]>>): DesiredGraph =>
    compiled(`
name: demo
release: grizzly
physical_networks: { provider: {}, external: {}, second: {} }
nodes:
  node1:
    reach: { via: lab }
    nics: { eth0: { physical_network: provider }, eth1: { physical_network: external }, eth2: { physical_network: second } }
networks:
  lan: { physical_network: provider, port_security_enabled: false, subnets: { lan-subnet: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  lan2: { physical_network: second, port_security_enabled: false, subnets: { lan2-subnet: { cidr: 10.1.0.0/24, enable_dhcp: false } } }
  public:
    physical_network: external
    external: true
    subnets: { public-subnet: { cidr: 203.0.113.0/24, enable_dhcp: false } }
routers:
  r1:
    node: node1
    external_gateway: { network: public, fixed_ip_address: 203.0.113.10 }
    interfaces: { ${lan}-subnet: {} }
    routes: [${Object.entries(routes)
      .flatMap(([destination, hops]) => hops.map((nexthop) => `{ destination: ${destination}, nexthop: ${nexthop} }`))
      .join(', ')}]
`).graph;

  test.each([{ hops: ['10.0.0.4'] }, { hops: ['10.0.0.4', '10.0.0.3'] }])(
    'is created after the old device is deleted: $hops',
    async ({ hops }) => {
      const node = await bareNode(nodes);
      await node.nic('eth2', 'fa:16:3e:cc:00:01');
      // The device waits for the deletion of a route through another one.
      const before = routed('lan', { '172.16.0.0/12': hops, '192.168.0.0/16': ['203.0.113.4'] });
      await becomes(node, before);
      const after = routed('lan2', { '172.16.0.0/12': ['10.1.0.4'] });
      const { plan } = await planOn(node, after);
      const gone = (text: string): boolean => text.includes(' link del dev tap');
      const made = (text: string): boolean => text.includes(' route add 172.16.0.0/12 ');
      expect(outOfOrder(plan, gone, made)).toEqual([]);
      await becomes(node, after);
      await becomes(node, before);
    },
  );
});
