import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { saveText } from '../support/iptables-text.ts';
import { addressText, inNamespace } from '../support/namespace-text.ts';

/** A filtered port whose group is stateless and has a rule with ports and a remote group. */
const STATELESS = `
name: t
physical_networks: { p: {} }
nodes: { n: { reach: { via: lab }, nics: { eth0: { physical_network: p } } } }
networks: { net: { physical_network: p, subnets: { s: { cidr: 10.1.0.0/24, enable_dhcp: false } } } }
security_groups:
  g:
    default_rules: false
    stateful: false
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80, remote_group: default }
      - { direction: ingress, protocol: ipip }
instances:
  v: { node: n, attach: tap, ports: { eth0: { network: net, fixed_ip_address: 10.1.0.11, security_groups: [g] } } }
`;

test('a rule with ports and a remote group has the ports first, and a stateless port says so', () => {
  const rules = saveText([...compiled(STATELESS).graph.resources.values()], 4);
  expect(rules).toMatch(/-p tcp -m tcp --dport 80 -m set --match-set NIPv4\S+ src -j RETURN/);
  expect(rules).toMatch(/--comment "Make \S+ stateless" -j CT --notrack/);
  expect(rules).not.toContain('Set zone for');
});

test('IP in IP is protocol 4; a stateless port has no rule for established connections', () => {
  const rules = saveText([...compiled(STATELESS).graph.resources.values()], 4);
  expect(rules).toMatch(/^-A neutron-linuxbri-i\S+ -p (?:4|ipencap) -j RETURN$/m);
  expect(rules).not.toContain('RELATED,ESTABLISHED');
});

test('of several gateway addresses in one subnet, the first as text has its prefix, the others /32', () => {
  const { graph } = compiled(`
name: t
physical_networks: { e: {} }
nodes: { n: { reach: { via: lab }, nics: { eth1: { physical_network: e } } } }
networks:
  ext:
    physical_network: e
    external: true
    subnets: { e1: { cidr: 203.0.113.0/24, enable_dhcp: false }, e2: { cidr: 198.51.100.0/24, enable_dhcp: false } }
routers:
  r: { node: n, external_gateway: { network: ext, fixed_ips: [203.0.113.9, 203.0.113.20, 198.51.100.7] } }
`);
  const text = addressText(inNamespace(graph, 'qrouter-'));
  for (const cidr of ['203.0.113.20/24', '203.0.113.9/32', '198.51.100.7/24']) expect(text).toContain(cidr);
});
