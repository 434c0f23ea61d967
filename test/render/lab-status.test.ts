import { expect, test } from 'vitest';
import { paint } from '../../src/render/colour.ts';
import { renderLabStatus } from '../../src/render/lab/status.ts';

test('a node’s Open vSwitch has its own line, which names the daemons that do not run', () => {
  const node = { up: true, nics: [{ device: 'eth0', mac: '02:00:00:00:00:01', addresses: ['192.0.2.1/24'] }] };
  const status = {
    name: 'demo',
    up: true,
    nodes: [
      { ...node, name: 'n1', openvswitch: null },
      { ...node, name: 'n2', openvswitch: { up: true, dead: [] } },
      { ...node, name: 'n3', openvswitch: { up: false, dead: ['ovs-vswitchd'] } },
    ],
    instances: [],
    hosts: [],
  };
  expect(renderLabStatus(status, 'my net.yaml', paint(false))).toMatchInlineSnapshot(`
    "lab demo: up

    KIND  NAME  DEVICE        MAC                ADDRESS       STATE
    node  n1    eth0          02:00:00:00:00:01  192.0.2.1/24  up
    node  n2    eth0          02:00:00:00:00:01  192.0.2.1/24  up
    node  n2    Open vSwitch                                   up
    node  n3    eth0          02:00:00:00:00:01  192.0.2.1/24  up
    node  n3    Open vSwitch                                   no ovs-vswitchd

    To start what does not run: netloom lab up 'my net.yaml'
    "
  `);
});
