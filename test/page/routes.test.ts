import { expect, test } from 'vitest';
import { createArtist } from '../../src/page/sections/picture.ts';
import { pictureWays } from '../../src/page/sections/routes.ts';
import type { PictureLevel } from '../../src/page/wire/picture.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { EMPTY_PLAN } from '../support/fake-world.ts';

const TEXT = `name: demo
physical_networks: { lan: {}, ext: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan }, eth2: { physical_network: ext } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
  ext1: { physical_network: ext, external: true, subnets: { sub2: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: ext1 }, interfaces: { sub1: {} } }
instances:
  vm1: { node: n2, ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.9 } } }
  vm2: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.10 } } }
floating_ips:
  vm1-public: { floating_network: ext1, floating_ip_address: 203.0.113.7, instance: vm1 }
hosts:
  client: { nics: { eth0: { physical_network: ext, addresses: [203.0.113.99/24] } } }
`;

/** Draws the topology, and returns the ways of a floating IP with the names of the things that each leads through. */
async function waysOf(level: PictureLevel, name: string, text = TEXT) {
  const topology = validTopology(text);
  const { graph, resolved } = compiled(text);
  const desired = { topology, resolved, graph, warnings: [], source: { file: 'topology.yaml', text } };
  const { drawn, section } = await createArtist(level).draw({ desired, result: EMPTY_PLAN });
  const ways = drawn ? pictureWays(name, resolved, drawn) : [];
  return ways.map(({ label, path, stops }) => ({
    label,
    lines: path
      .slice(1)
      .split('M')
      .map((line) => line.split('L').map((point) => point.split(' ').map(Number))),
    names: stops.map((stop) => section.things.find(({ x, y }) => x === stop.x && y === stop.y)?.words),
  }));
}

test('the way of a floating IP leads from the host outside through the router to the instance', async () => {
  const [way] = await waysOf('networks', 'vm1-public');
  expect(way?.label).toBe('203.0.113.7');
  expect(way?.names).toEqual(['outside host client', 'network ext1', 'router r1', 'network net1', 'instance vm1']);
});

test('on devices it leads through the bridges and NICs of both nodes', async () => {
  const [way] = await waysOf('devices', 'vm1-public');
  expect(way?.names.map((words) => words?.split(' ')[0])).toEqual([
    ...['outside', 'physical', 'NIC', 'bridge', 'router'],
    ...['bridge', 'NIC', 'physical', 'NIC', 'bridge', 'instance'],
  ]);
});

test.each(['networks', 'devices'] as const)('a way on %s has no diagonal, and ends at boxes', async (level) => {
  const [way] = await waysOf(level, 'vm1-public');
  // The router parts the way into two lines; on devices every box between two cables does.
  expect(way!.lines.length).toBeGreaterThanOrEqual(2);
  for (const line of way!.lines) {
    for (const [index, [x, y]] of line.entries()) {
      const [nextX, nextY] = line[index + 1] ?? [x, y];
      expect(Math.min(Math.abs(x! - nextX!), Math.abs(y! - nextY!))).toBeLessThan(0.01);
    }
  }
});

test('without a host outside a way begins at the external network', async () => {
  const [way] = await waysOf('networks', 'vm1-public', TEXT.slice(0, TEXT.indexOf('hosts:')));
  expect(way?.names[0]).toBe('network ext1');
});

test('a name that is none of a floating IP has no way', async () => {
  expect(await waysOf('networks', 'vm2')).toEqual([]);
});
