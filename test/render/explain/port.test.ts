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
  expect(explained('web').split('\n').slice(0, 14)).toEqual([
    'web/eth0 on node n1, network lan, in web',
    '',
    'Ingress is allowed for:',
    '  tcp ports 80 to 89       from 192.0.2.9  web: t.yaml:9',
    '  icmpv6 type 128, code 0  from anybody    web: t.yaml:10',
    '',
    'Egress is allowed for:',
    '  vrrp  to members of default (10.0.0.6)  web: t.yaml:11',
    '',
    'Answers to allowed connections are allowed.',
    '',
    'Source addresses that the port may use:',
    '  10.0.0.5  with fa:16:3e:00:00:05',
    '',
  ]);
});

test('built-in rules are shown with their group', () => {
  expect(explained('one')).toContain(
    'everything over IPv4  from members of default (10.0.0.6)  built-in rule of group default',
  );
});

test('ports without a filter, without a group, and stateless', () => {
  expect(explained('off')).toBe(
    'off/eth0 on node n1, network lan: not filtered (port_security_enabled: false). All ingress and egress is ' +
      'allowed.\n',
  );
  expect(explained('none')).toContain(
    'in no security group\n\nIngress is allowed for:\n  nothing\n\nEgress is allowed for:\n  nothing\n',
  );
  expect(explained('slack')).toContain('Stateless: answers are allowed only by rules of their own.');
});
