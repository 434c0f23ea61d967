import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';

const TEXT = `
name: t
physical_networks: { wire: {}, other: {} }
nodes:
  n1:
    reach: { via: lab }
    nics:
      eth0: { physical_network: other, addresses: [192.0.2.1/24] }
      eth1: { physical_network: wire, addresses: [198.51.100.1/24], allow_dynamic: true }
  n2:
    reach: { via: lab }
    nics: { eth1: { physical_network: wire }, eth7: { physical_network: other, mtu: 1400 } }
  n3: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
  gone: { reach: { via: lab }, state: absent, nics: { eth1: { physical_network: wire, mtu: 1400 } } }
networks:
  lan:
    id: 30acf3ad-b938-49cd-9fb1-81cb35559e23
    physical_network: wire
    port_security_enabled: false
    subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } }
instances:
  vm: { node: n1, ports: { eth0: { network: lan, id: 77c04ce5-c100-0000-0000-000000000000 } } }
  guest: { node: n2, attach: tap, ports: { eth0: { network: lan, id: 806d032e-7b00-0000-0000-000000000000 } } }
`;

const { graph } = compiled(TEXT);

test('a bridge exists where a port of its network is, and borrows the NIC and its addresses there', () => {
  expect([...graph.resources.keys()]).toEqual([
    'n1/-/nic/eth0',
    'n1/-/address/192.0.2.1/24%eth0',
    'n1/-/nic/eth1',
    'n1/-/address/198.51.100.1/24%eth1',
    'n2/-/nic/eth1',
    'n2/-/nic/eth7',
    'n1/-/bridge/brq30acf3ad-b9',
    'n2/-/bridge/brq30acf3ad-b9',
    'n1//run/netloom-guests/vm/veth/eth0',
    'n1/-/sysctl/net/ipv6/conf/tap77c04ce5-c1/disable_ipv6',
    'n2/-/tap/tap806d032e-7b',
    'n2/-/sysctl/net/ipv6/conf/tap806d032e-7b/disable_ipv6',
    'n1/-/file//run/netloom/t/held',
    'n2/-/file//run/netloom/t/held',
  ]);
  expect(graph.resources.get('n1/-/nic/eth0')?.spec).toMatchObject({ bridge: null, allowDynamic: false });
  expect(graph.resources.get('n1/-/nic/eth1')?.spec).toMatchObject({ bridge: 'brq30acf3ad-b9', allowDynamic: true });
  expect(graph.resources.get('n1/-/address/198.51.100.1/24%eth1')?.spec).toMatchObject({ device: 'brq30acf3ad-b9' });
  expect(graph.resources.get('n2/-/nic/eth7')?.spec).toMatchObject({ bridge: null, mtu: 1400 });
  expect(graph.resources.get('n1/-/bridge/brq30acf3ad-b9')?.spec).toMatchObject({ macOf: 'eth1' });
});

test('an absent node is read, and has no resources', () => {
  expect(graph.nodes).toEqual(['n1', 'n2', 'n3', 'gone']);
});

test('a lab connects a guest by a veth; a hypervisor’s guest opens the tap', () => {
  expect(graph.resources.get('n1//run/netloom-guests/vm/veth/eth0')?.spec).toMatchObject({
    guest: true,
    mtu: 1500,
    tap: { name: 'tap77c04ce5-c1', bridge: 'brq30acf3ad-b9' },
  });
  expect(graph.resources.get('n2/-/tap/tap806d032e-7b')?.spec).toMatchObject({ bridge: 'brq30acf3ad-b9', mtu: 1500 });
});
