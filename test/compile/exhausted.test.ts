import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import { validTopology } from '../support/compiled.ts';

/** An external network with a pool of 14 addresses, one of them the gateway of another subnet, and many routers. */
const text = (routers: number): string => `
name: t
physical_networks: { outer: {} }
nodes:
  n1: { nics: { eth0: { physical_network: outer, addresses: [203.0.113.2/24] } } }
networks:
  outer:
    physical_network: outer
    external: true
    subnets:
      out:
        cidr: 203.0.113.0/24
        enable_dhcp: false
        allocation_pools: [{ start: 203.0.113.2, end: 203.0.113.15 }]
      other: { cidr: 192.0.2.0/30, gateway_ip: 203.0.113.3, enable_dhcp: false, allocation_pools: [] }
hosts: { isp: { nics: { eth0: { physical_network: outer, addresses: [203.0.113.4/24] } } } }
routers:
${Array.from({ length: routers }, (_, i) => `  r${String(i)}: { node: n1, external_gateway: { network: outer } }`).join('\n')}
`;

function refused(routers: number): readonly Diagnostic[] {
  return resolveTopology(validTopology(text(routers))).diagnostics;
}

test('an exhausted pool: NICs, gateways and ports that hold its addresses, the first ten', () => {
  expect(refused(11)).toEqual([]);
  const [found, ...others] = refused(12);
  expect(others).toEqual([]);
  expect(found!.code).toBe('NLC01');
  expect(found!.detail?.split('\n')).toEqual([
    'its 14 addresses are held by (the first 10):',
    '203.0.113.3: it is the gateway_ip of other',
  ]);
  const holders = found!.related!.map(({ message }) => message);
  expect(holders.pop()).toBe('its subnets are here');
  expect(holders.slice(0, 2)).toEqual(['203.0.113.2: eth0 of node n1', '203.0.113.4: eth0 of host isp']);
  expect(holders).toHaveLength(9);
  for (const holder of holders.slice(2)) expect(holder).toMatch(/^203\.0\.113\.\d+: routers\.r\d+\.external_gateway$/);
});

test('of several ports without an address, the first error names what holds the addresses', () => {
  const found = refused(14);
  expect(found.map(({ detail }) => detail !== undefined)).toEqual([true, false, false]);
});
