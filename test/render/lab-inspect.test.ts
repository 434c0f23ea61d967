import { expect, test } from 'vitest';
import { machinesOf } from '../../src/lab/inspect.ts';
import { parseNamespaces } from '../../src/lab/report.ts';
import type { LabTarget } from '../../src/lab/index.ts';
import { paint } from '../../src/render/colour.ts';
import { renderLabInspect } from '../../src/render/lab/inspect.ts';

const NAMESPACES = `namespace n1 qrouter-1
[{"ifname":"lo","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]},{"ifname":"qr-1","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24}]},{"ifname":"qg-1","addr_info":[{"family":"inet","local":"192.0.2.1","prefixlen":24},{"family":"inet","local":"192.0.2.11","prefixlen":32},{"family":"inet","local":"192.0.2.12","prefixlen":32},{"family":"inet","local":"192.0.2.13","prefixlen":32}]}]
namespace n2 qrouter-1
[]
`;

const node = { up: true, nics: [{ device: 'eth0', mac: '02:00:00:00:00:01', addresses: [] }], openvswitch: null };
const port = { device: 'eth0', mac: '02:00:00:00:00:02', address: '10.0.0.5/24', dhcp: 'bound', lease: {} } as const;
const on = (name: string): LabTarget['member'] => ({ kind: 'node', name });

const machines = machinesOf(
  {
    nodes: [
      { ...node, name: 'n1' },
      { ...node, name: 'n2', up: false },
    ],
    instances: [
      { name: 'vm1', node: 'n1', up: true, ports: [port] },
      { name: 'vm2', node: 'n1', up: true, ports: [port, { ...port, address: null, dhcp: 'asking' }] },
      { name: 'vm3', node: 'n1', up: true, ports: [{ ...port, mac: null, address: null, dhcp: 'absent' }] },
      { name: 'vm4', node: 'n1', up: false, ports: [] },
    ],
    hosts: [
      { name: 'far', up: true, nics: [{ device: 'eth0', mac: '02:00:00:00:00:03', addresses: ['192.0.2.9/24'] }] },
    ],
  },
  [
    { kind: 'router', name: 'r1', member: on('n1'), netns: 'qrouter-1' },
    { kind: 'router', name: 'r2', member: on('n2'), netns: 'qrouter-1' },
    { kind: 'dhcp', name: 'net1', member: on('n1'), netns: 'qdhcp-1' },
  ],
  parseNamespaces(NAMESPACES),
);

test('a table of machines with node, addresses and state, and the command that creates what is missing', () => {
  expect(renderLabInspect({ name: 'demo', up: true, machines }, 'my net.yaml', paint(false), Infinity))
    .toMatchInlineSnapshot(`
      "lab demo: up

      KIND      NAME  NODE  ADDRESSES                                                           STATE
      node      n1    -     -                                                                   up
      node      n2    -     -                                                                   down
      router    r1    n1    10.0.0.1/24, 192.0.2.1/24, 192.0.2.11/32, 192.0.2.12/32 and 1 more  up
      router    r2    n2    -                                                                   down
      dhcp      net1  n1    -                                                                   no namespace yet
      instance  vm1   n1    10.0.0.5/24                                                         up
      instance  vm2   n1    10.0.0.5/24                                                         asks for an address
      instance  vm3   n1    -                                                                   no device yet
      instance  vm4   n1    -                                                                   down
      host      far   -     192.0.2.9/24                                                        up

      To create what is missing: netloom apply --lab 'my net.yaml'
      "
    `);
});

test('a lab that is down is one line with the command that starts it', () => {
  const down = { name: 'demo', up: false, machines: [] };
  expect(renderLabInspect(down, 't.yaml', paint(false), 80)).toBe(
    'lab demo: down; to start it: netloom lab up t.yaml\n',
  );
});

test('no address is lost in JSON', () => {
  expect(machines.find(({ name }) => name === 'r1')?.devices).toEqual([
    { device: 'qr-1', addresses: ['10.0.0.1/24'] },
    { device: 'qg-1', addresses: ['192.0.2.1/24', '192.0.2.11/32', '192.0.2.12/32', '192.0.2.13/32'] },
  ]);
});
