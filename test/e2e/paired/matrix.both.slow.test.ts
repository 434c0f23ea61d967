import { describe, expect, it } from 'vitest';
import type { Expectation, Topology } from '../../../src/topology/types.gen.ts';
import { works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';

const PORT = 22;

/** Guests on two networks and two nodes, with and without a floating IP, behind one router. */
const GUESTS = ['left', 'right'].flatMap((network, n) =>
  ['node1', 'node2'].flatMap((node, m) =>
    [true, false].map((isPublic, p) => ({
      name: `${network}-${node}-${isPublic ? 'public' : 'private'}`,
      network,
      node,
      fixed: `10.${String(n + 1)}.0.${String(20 + 2 * m + p)}`,
      floating: isPublic ? `203.0.113.${String(20 + 2 * n + m)}` : undefined,
    })),
  ),
);

const OUTSIDE = '203.0.113.1';

function topology(release: Topology['release']): Topology {
  const doc = docOf(`
name: e2e-matrix
physical_networks: { outer: {}, left: {}, right: {} }
nodes:
  node1: &node
    reach: { via: lab }
    nics: { eth0: { physical_network: outer }, eth1: { physical_network: left }, eth2: { physical_network: right } }
  node2: *node
networks:
  outer:
    physical_network: outer
    external: true
    subnets: { outside: { cidr: 203.0.113.0/24, enable_dhcp: false } }
  left: { physical_network: left, subnets: { left-subnet: { cidr: 10.1.0.0/24 } } }
  right: { physical_network: right, subnets: { right-subnet: { cidr: 10.2.0.0/24 } } }
routers:
  router:
    node: node1
    external_gateway: { network: outer, fixed_ip_address: 203.0.113.10 }
    interfaces: { left-subnet: {}, right-subnet: {} }
hosts:
  outside: { listen: [${String(PORT)}], nics: { eth0: { physical_network: outer, addresses: [${OUTSIDE}/24] } } }
`);
  if (release !== undefined) doc.release = release;
  doc.instances = {};
  doc.floating_ips = {};
  for (const { name, node, network, fixed, floating } of GUESTS) {
    doc.instances[name] = { node, listen: [PORT], ports: { eth0: { network, fixed_ip_address: fixed } } };
    if (floating === undefined) continue;
    doc.floating_ips[name] = { floating_network: 'outer', floating_ip_address: floating, instance: name };
  }
  doc.expect = matrix();
  return doc;
}

/** As in Neutron: behind one router all reach all others by either address; the outside reaches only floating IPs. */
function matrix(): Expectation[] {
  const askers = [...GUESTS.map(({ name }) => name), 'outside'];
  const asked = [
    ...GUESTS.map(({ fixed }) => ({ to: fixed, fromOutside: false })),
    ...GUESTS.flatMap(({ floating }) => (floating === undefined ? [] : [{ to: floating, fromOutside: true }])),
    { to: OUTSIDE, fromOutside: true },
  ];
  return askers.flatMap((from) =>
    asked.flatMap(({ to, fromOutside }): Expectation[] => {
      const succeeds = from !== 'outside' || fromOutside;
      const seen = to === OUTSIDE && from !== 'outside' ? seenOutsideAs(from) : undefined;
      return [
        { from, to, protocol: 'ping', succeeds },
        { from, to, protocol: 'tcp', port: PORT, succeeds, ...(seen !== undefined && { seen_as: seen }) },
      ];
    }),
  );
}

/** A guest reaches the outside with its own floating IP, or with the router's address. */
function seenOutsideAs(name: string): string {
  return GUESTS.find((guest) => guest.name === name)?.floating ?? '203.0.113.10';
}

ownLabs();

describe.each(['zed', 'mitaka', 'grizzly'] as const)('reachability with the rules of %s', (release) => {
  const network = labOf(() => topology(release));

  it('is as in Neutron: by fixed and floating IPs, across networks and nodes, and by the own address', async () => {
    await network().apply();
    expect(network().doc.expect).toHaveLength(9 * 13 * 2);
    await works(network());
    expect(changesOf(await network().plan())).toEqual([]);
  }, 180_000);
});
