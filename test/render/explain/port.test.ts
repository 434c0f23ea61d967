import { expect, test } from 'vitest';
import { compileTopology } from '../../../src/compile/compile.ts';
import { explainedText, explainPort } from '../../../src/render/explain/port.ts';
import { loadTopology } from '../../../src/topology/load.ts';

const TEXT = `name: t
physical_networks: { wire: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24 } } } }
security_groups:
  web:
    default_rules: false
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 89, remote_ip_prefix: 192.0.2.9/32 }
      - { direction: ingress, ethertype: IPv6, protocol: icmp, port_range_min: 128, port_range_max: 0 }
      - { direction: egress, protocol: 112, remote_group: default }
  loose: { stateful: false, default_rules: false }
instances:
  web: { node: n1, ports: { eth0: { network: lan, security_groups: [web], fixed_ip_address: 10.0.0.5, mac_address: fa:16:3e:00:00:05 } } }
  one: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.6 } } }
  off: { node: n1, ports: { eth0: { network: lan, port_security_enabled: false } } }
  none: { node: n1, ports: { eth0: { network: lan, security_groups: [] } } }
  slack: { node: n1, ports: { eth0: { network: lan, security_groups: [loose] } } }
`;

const { topology } = loadTopology(TEXT, 't.yaml');
const { resolved } = compileTopology(topology!);

function explained(instance: string): string {
  const port = resolved!.instances.get(instance)!.ports[0]!;
  return explainedText(explainPort(resolved!, instance, port));
}

test('each rule has its traffic, peer, group and line', () => {
  expect(explained('web').split('\n').slice(0, 18)).toEqual([
    'web/eth0 on node n1, network lan, in web',
    '',
    'Ingress is allowed for:',
    '  tcp ports 80 to 89                                   from 192.0.2.9  web: t.yaml:9',
    '  icmpv6 type 128, code 0                              from anybody    web: t.yaml:10',
    '  answers of DHCP servers                              from anybody    every filtered port',
    '  icmpv6 types 130, 135 and 136 (neighbour discovery)  from anybody    every filtered port',
    '',
    'Egress is allowed for:',
    '  vrrp                                   to members of default (10.0.0.6)  web: t.yaml:11',
    '  DHCP requests                          to anybody                        every filtered port',
    '  icmpv6, all but router advertisements  to anybody                        every filtered port',
    '',
    'Answers to allowed connections are allowed.',
    '',
    'Source addresses that the port may use:',
    '  10.0.0.5  with fa:16:3e:00:00:05',
    '',
  ]);
});

test('built-in rules are shown with their group', () => {
  expect(explained('one')).toMatch(
    /everything over IPv4 +from members of default \(10\.0\.0\.6\) {2}built-in rule of group default/,
  );
});

test('ports without a filter, without a group, and stateless', () => {
  expect(explained('off')).toBe(
    'off/eth0 on node n1, network lan: not filtered (port_security_enabled: false). All ingress and egress is ' +
      'allowed.\n',
  );
  expect(explained('none')).toContain(
    'Egress is allowed for:\n  DHCP requests                          to anybody  every filtered port\n' +
      '  icmpv6, all but router advertisements  to anybody  every filtered port\n',
  );
  expect(explained('slack')).toContain('Stateless: answers are allowed only by rules of their own.');
});

test('an address of several members of a group is named once', () => {
  const pairs = 'allowed_address_pairs: [{ ip_address: 10.9.0.0/16 }]';
  const shared = `fixed_ip_address: 10.0.0.6, ${pairs}`;
  const text = TEXT.replace('fixed_ip_address: 10.0.0.6', shared).replace(
    '  off:',
    `  two: { node: n1, ports: { eth0: { network: lan, ${pairs} } } }\n  off:`,
  );
  const { resolved: both } = compileTopology(loadTopology(text, 't.yaml').topology!);
  const port = both!.instances.get('one')!.ports[0]!;
  const { ingress } = explainPort(both!, 'one', port);
  expect(ingress.filter(({ who }) => who.split('10.9.0.0/16').length > 2)).toEqual([]);
  expect(ingress.some(({ who }) => who.includes('10.9.0.0/16'))).toBe(true);
});
