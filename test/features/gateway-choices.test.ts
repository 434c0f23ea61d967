import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { saveText } from '../support/iptables-text.ts';
import { inNamespace } from '../support/namespace-text.ts';
import { routerProbes } from '../../src/verify/services/routers.ts';

/** A router with an address in each of two external subnets, and more fields of its gateway. */
const router = (more: string): string => `
name: t
physical_networks: { wire: {}, outer: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  outer:
    physical_network: outer
    external: true
    subnets:
      one: { cidr: 192.0.2.0/24, enable_dhcp: false }
      two: { cidr: 203.0.113.0/24, enable_dhcp: false }
routers:
  r:
    node: n1
    external_gateway: { network: outer, fixed_ips: [192.0.2.9, 203.0.113.9]${more} }
    interfaces: { lan: {} }
`;

test.each([
  ['', '192.0.2.9', '192.0.2.1'],
  [', snat_ip_address: 203.0.113.9', '203.0.113.9', '203.0.113.1'],
])('gateway%s: SNAT uses %s, and the gateway of its subnet is tested from it', (more, snat, gateway) => {
  const { graph, resolved } = compiled(router(more));
  const rules = saveText(inNamespace(graph, 'qrouter-'), 4);
  const sources = [...rules.matchAll(/--to-source (\S+)/g)].map(([, source]) => source);
  expect([...new Set(sources)]).toEqual([snat]);
  expect(routerProbes(resolved)[0]!.ask).toMatchObject({ address: gateway, source: snat });
});
