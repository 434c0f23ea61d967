import { expect, test } from 'vitest';
import { libvirtText } from '../../../src/render/port/libvirt.ts';
import { listPorts, type ListedPort } from '../../../src/render/port/ports.ts';
import { portsText } from '../../../src/render/port/text.ts';
import { compiled } from '../../support/compiled.ts';

const TEXT = `name: t
physical_networks: { wire: {}, outer: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
networks:
  lan:
    physical_network: wire
    mtu: 1450
    dhcp: { node: n1, fixed_ip_address: 10.0.0.2, mac_address: fa:16:3e:00:00:02 }
    subnets: { lan: { cidr: 10.0.0.0/24 } }
  ext:
    physical_network: outer
    external: true
    subnets: { ext: { cidr: 203.0.113.0/24, enable_dhcp: false } }
routers:
  r1:
    node: n1
    external_gateway: { network: ext, fixed_ip_address: 203.0.113.10, mac_address: fa:16:3e:00:00:03 }
    interfaces: { lan: { mac_address: fa:16:3e:00:00:04 } }
security_groups: { web: {} }
instances:
  vm1:
    node: n2
    attach: tap
    ports:
      eth0:
        network: lan
        id: 0000000a-1111-0000-0000-000000000000
        fixed_ips: [10.0.0.5, 10.0.0.6]
        mac_address: fa:16:3e:00:00:05
        security_groups: [web, default]
  vm2: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.7, port_security_enabled: false } } }
floating_ips:
  whole: { floating_network: ext, floating_ip_address: 203.0.113.11, instance: vm1, fixed_ip_address: 10.0.0.6 }
  some:
    floating_network: ext
    floating_ip_address: 203.0.113.12
    port_forwardings:
      - { protocol: tcp, external_port: 2222, internal_port: 22, instance: vm2 }
`;
const { resolved } = compiled(TEXT);

const ALL = { node: undefined, instance: undefined, all: true };

test('a port has everything that netloom derives for it', () => {
  expect(listPorts(resolved, { ...ALL, all: false })).toEqual([
    {
      type: 'instance',
      name: 'vm1',
      port: 'eth0',
      id: '0000000a-1111-0000-0000-000000000000',
      mac_address: 'fa:16:3e:00:00:05',
      fixed_ips: ['10.0.0.5', '10.0.0.6'],
      network: 'lan',
      mtu: 1450,
      node: 'n2',
      device: 'tap0000000a-11',
      admin_state_up: true,
      attach: 'tap',
      security_groups: ['web', 'default'],
      floating_ips: [{ name: 'whole', address: '203.0.113.11', fixed_address: '10.0.0.6' }],
      port_forwardings: [],
    },
    expect.objectContaining({
      name: 'vm2',
      node: 'n1',
      admin_state_up: true,
      attach: 'lab',
      security_groups: null,
      floating_ips: [],
      port_forwardings: [
        {
          name: 'some',
          address: '203.0.113.12',
          fixed_address: '10.0.0.7',
          protocol: 'tcp',
          external_ports: '2222',
          internal_ports: '22',
        },
      ],
    }),
  ]);
});

test('--all lists the ports of routers and DHCP servers, and filters apply to them', () => {
  const owners = (ports: readonly ListedPort[]) =>
    ports.map(({ type, name, fixed_ips }) => `${type} ${name} ${fixed_ips.join()}`);
  expect(owners(listPorts(resolved, ALL)).slice(2)).toEqual([
    'router r1 203.0.113.10',
    'router r1 10.0.0.1',
    'dhcp lan 10.0.0.2',
  ]);
  expect(owners(listPorts(resolved, { ...ALL, node: 'n2' }))).toEqual(['instance vm1 10.0.0.5,10.0.0.6']);
  expect(owners(listPorts(resolved, { ...ALL, instance: 'vm2' }))).toEqual(['instance vm2 10.0.0.7']);
});

test('a line for each port on a wide terminal', () => {
  const lines = portsText(listPorts(resolved, ALL), 160).trimEnd().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^INSTANCE +PORT +MAC +ADDRESSES +NETWORK +NODE +DEVICE +GROUPS +FLOATING IP$/);
  expect(lines[1]).toMatch(
    /^vm1 +eth0 +fa:16:3e:00:00:05 +10\.0\.0\.5,10\.0\.0\.6 +lan +n2 +tap0000000a-11 +web,default +203\.0\.113\.11$/,
  );
  expect(lines[2]).toMatch(/^vm2 .* \(not filtered\) +203\.0\.113\.12 tcp 2222→22$/);
  expect(lines[5]).toMatch(/^dhcp lan .* - +-$/);
});

test('two lines for each port where one line does not fit', () => {
  const text = portsText(listPorts(resolved, { ...ALL, all: false }), 80);
  expect(text).toBe(`INSTANCE/PORT  NODE            ADDRESSES          FLOATING IP
  NETWORK      DEVICE          MAC                GROUPS
vm1/eth0       n2              10.0.0.5,10.0.0.6  203.0.113.11
  lan          tap0000000a-11  fa:16:3e:00:00:05  web,default
vm2/eth0       n1              10.0.0.7           203.0.113.12 tcp 2222→22
  lan          ${resolved.instances.get('vm2')!.ports[0]!.tap}  ${resolved.instances.get('vm2')!.ports[0]!.mac}  (not filtered)
`);
  for (const line of text.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
});

test('a line for each fact where two lines do not fit', () => {
  expect(portsText(listPorts(resolved, { ...ALL, instance: 'vm1' }), 40)).toBe(`vm1/eth0
  network      lan
  node         n2
  device       tap0000000a-11
  MAC          fa:16:3e:00:00:05
  address      10.0.0.5
  address      10.0.0.6
  group        web
  group        default
  floating IP  203.0.113.11
`);
  expect(portsText([], 80)).toBe('No ports.\n');
});

test('the interface element for libvirt', () => {
  expect(libvirtText(listPorts(resolved, { ...ALL, instance: 'vm1' }))).toBe(`<!-- vm1/eth0 on node n2 -->
<interface type='ethernet'>
  <mac address='fa:16:3e:00:00:05'/>
  <target dev='tap0000000a-11' managed='no'/>
  <model type='virtio'/>
  <mtu size='1450'/>
</interface>
`);
});

test('the element is well-formed XML for every name', () => {
  const [port] = listPorts(resolved, ALL);
  const text = libvirtText([{ ...port!, name: 'a--b--', port: `e-`, node: '-', device: `t'<&">` }]);
  expect(text.split('\n')[0]).toBe('<!-- a- -b- -/e- on node -  -->');
  expect(text).toContain(`dev='t&apos;&lt;&amp;&quot;&gt;'`);
});
