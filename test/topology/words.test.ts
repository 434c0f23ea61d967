import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { edited, lines, places } from './support.ts';

function only(text: string): Diagnostic {
  const { diagnostics } = loadTopology(text, 't.yaml');
  expect(
    diagnostics.map(({ code, summary }) => `${code} ${summary}`),
    places(diagnostics).join(),
  ).toHaveLength(1);
  return diagnostics[0]!;
}

function rule(fields: string): string {
  return edited([
    'floating_ips:',
    `security_groups:\n  web: { rules: [{ direction: ingress, ${fields} }] }\nfloating_ips:`,
  ]);
}

const PORT = 'fixed_ip_address: 10.0.0.11, id: 22222222-0000-0000-0000-000000000001';
const CIDR = 'cidr: 10.0.0.0/24';

describe('the hint says what to write', () => {
  test.each([
    ['a protocol in capitals', rule('protocol: TCP'), 'write tcp'],
    ['a misspelt protocol', rule('protocol: udpp'), 'did you mean "udp"?'],
    [
      'a peer without prefix length',
      rule('remote_ip_prefix: 10.0.0.5'),
      'write 10.0.0.5/32 for this address alone, or add the prefix length of its network',
    ],
    [
      'an IPv6 peer without prefix length',
      rule("ethertype: IPv6, remote_ip_prefix: '2001:db8::5'"),
      'write 2001:db8::5/128 for this address alone, or add the prefix length of its network',
    ],
    ['a peer with a netmask', rule('remote_ip_prefix: 10.0.0.0/255.255.255.0'), 'write 10.0.0.0/24'],
    ['a subnet without prefix length', edited([CIDR, 'cidr: 10.0.0.0']), 'add its prefix length, such as 10.0.0.0/24'],
    ['a subnet with a netmask', edited([CIDR, 'cidr: 10.0.0.0/255.255.240.0']), 'write 10.0.0.0/20'],
    [
      'an address without prefix length',
      edited(['192.0.2.2/24', '192.0.2.2']),
      'add its prefix length, such as 192.0.2.2/24; 192.0.2.2/32 is this address alone',
    ],
    [
      'any type of ICMP',
      rule('protocol: icmp, port_range_min: -1'),
      'leave port_range_min out: without it, the rule is for every type of ICMP',
    ],
    ['any protocol', rule('protocol: -1'), 'leave protocol out: without it, the rule is for every protocol'],
    [
      'every port',
      rule('protocol: tcp, port_range_min: -1'),
      'leave port_range_min and port_range_max out: without them, the rule is for every port',
    ],
    [
      'a pair of every address',
      edited([PORT, `${PORT}, allowed_address_pairs: [{ ip_address: 1.1.1.1/0 }]`]),
      'write 0.0.0.0/0',
    ],
    ['a type of network of Neutron', edited(['mtu: 1450', 'network_type: vxlan']), 'only flat and vlan are supported'],
    ['a direction of another tool', rule('direction: in').replace('direction: ingress, ', ''), 'write ingress'],
    ['an IP version in lower case', rule('ethertype: ipv6'), 'write IPv6'],
    ['an address as `ip`', edited([PORT, 'ip: 10.0.0.11']), 'write fixed_ip_address: 10.0.0.11'],
    ['a bare `ip`', edited([PORT, 'ip']), 'write fixed_ip_address: …'],
    [
      'an address of a NIC as `ip`',
      edited(['addresses: [192.0.2.2/24]', 'ip: 192.0.2.2']),
      'write addresses: [192.0.2.2/24]',
    ],
    [
      'an address of a floating IP as `ip`',
      edited(['floating_ip_address: 192.0.2.11', 'ip: 192.0.2.11']),
      'write floating_ip_address: 192.0.2.11',
    ],
    [
      'an address of a gateway as `ip`',
      edited(['fixed_ip_address: 192.0.2.10', 'ip: 192.0.2.10']),
      'write fixed_ip_address: 192.0.2.10',
    ],
    ['a gateway as `gateway`', edited(['gateway_ip: 10.0.0.1', 'gateway: 10.0.0.1']), 'write gateway_ip: 10.0.0.1'],
    ['a network for a port', edited([`{ network: lan, ${PORT} }`, 'lan']), 'write eth0: { network: lan }'],
    [
      'an address for an interface',
      edited(['lan-subnet: {}', 'lan-subnet: 10.0.0.1']),
      'write lan-subnet: { fixed_ip_address: 10.0.0.1 }',
    ],
    [
      'a method for `reach`',
      edited(['roles: [compute]\n    reach: { via: lab }', 'reach: lab']),
      'write reach: { via: lab }',
    ],
    [
      'a subnet in one word',
      edited([
        'ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1, enable_dhcp: false }',
        'ext-subnet: 192.0.2.0/24',
      ]),
      'write ext-subnet: { cidr: 192.0.2.0/24 }',
    ],
    [
      'no blank after the colon in braces',
      edited(['{ cidr: 192.0.2.0/24, gateway_ip', '{ cidr:192.0.2.0/24, gateway_ip']),
      'write a blank after the colon: cidr: 192.0.2.0/24',
    ],
    [
      'no blank after the colon of the only key',
      edited(['lan-subnet: {}', 'lan-subnet:\n        fixed_ip_address:10.0.0.1']),
      'write a blank after the colon: fixed_ip_address: 10.0.0.1',
    ],
    ['no blank after the colon of the first key', edited([CIDR, 'cidr:10.0.0.0/24']), 'write `cidr: …`'],
    ['an unclosed list', edited(['roles: [network]', 'roles: [network']), 'write ] where it ends'],
    [
      'an unclosed list in braces',
      edited(['listen: [22]', 'listen: [22'], ['roles: [compute]', 'roles: [compute]']),
      'write ] where it ends',
    ],
    ['an unclosed mapping', edited(['nexthop: 10.0.0.8 }]', 'nexthop: 10.0.0.8 ]']), 'write } where it ends'],
    ['a misspelt section', edited(['networks:\n  lan:', 'netwroks:\n  lan:']), 'did you mean "networks"?'],
  ])('%s', (_what, text, hint) => {
    expect(only(text).hint).toBe(hint);
  });
});

const TEMPLATE = 'netloom replaces no variables; write the value, or fill in the file first, such as with `envsubst`';

test.each([
  ['in braces', 'reach: { via: ssh, host: ${HOST} }'],
  ['in quotes', "reach: { via: ssh, host: '${HOST}' }"],
  ['in block style', 'reach:\n      via: ssh\n      host: ${HOST}'],
  ['of Jinja', 'reach: { via: ssh, host: {{ host }} }'],
  ['of Jinja in block style', 'reach:\n      via: ssh\n      host: {{ host }}'],
])('a variable %s has one error', (_what, reach) => {
  expect(only(edited(['roles: [compute]\n    reach: { via: lab }', reach])).hint).toBe(TEMPLATE);
});

test('an unclosed bracket is shown where it opens, and where that is noticed', () => {
  const { range, related, summary } = only(
    lines('name: x', 'nodes:', '  n1:', '    roles: [network, compute', 'hosts:'),
  );
  expect([summary, range?.start.line, range?.start.column]).toEqual(['this [ is not closed', 4, 12]);
  expect(related).toMatchObject([{ message: '] is missing before this', range: { start: { line: 5, column: 1 } } }]);
});

test('brackets in quotes, comments and block scalars are text', () => {
  const text = 'release: zed # [\nx-a: "[ {"\nx-b: |\n  [ ${HOST} {{\nx-c: a$\n';
  expect(loadTopology(edited(['name: base\n', `name: base\n${text}`]), 't.yaml').diagnostics).toEqual([]);
});

test('equal MACs in different networks are allowed', () => {
  const mac = "mac_address: 'fa:16:3e:00:00:01'";
  const text = edited(
    [PORT, `${PORT}, ${mac}`],
    ['fixed_ip_address: 192.0.2.10', `fixed_ip_address: 192.0.2.10, ${mac}`],
  );
  expect(loadTopology(text, 't.yaml').diagnostics).toEqual([]);
});

test('a network type of Neutron is called unsupported', () => {
  expect(only(edited(['mtu: 1450', 'network_type: vxlan'])).summary).toBe(
    'networks.lan.network_type: "vxlan" is not supported',
  );
});
