import { kindWord } from '../../src/model/resource.ts';
import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';

const text = (mtu: number): string => `
name: small
physical_networks: { wire: {}, outer: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth0: { physical_network: wire }, eth1: { physical_network: outer } } } }
networks:
  lan: { physical_network: wire, mtu: ${String(mtu)}, subnets: { lan-a: { cidr: 10.0.0.0/24 } } }
  ext: { physical_network: outer, external: true, mtu: ${String(mtu)}, subnets: { out: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers: { r: { node: n1, external_gateway: { network: ext }, interfaces: { lan-a: {} } } }
instances:
  vm: { node: n1, ports: { eth0: { network: lan } } }
  qemu: { node: n1, attach: tap, ports: { eth0: { network: lan } } }
`;

/** IPv6 parameters of single devices. */
const parameters = (mtu: number): readonly string[] =>
  [...compiled(text(mtu)).graph.resources.values()]
    .filter(({ kind, name }) => kindWord(kind) === 'sysctl' && /^net\/ipv6\/conf\/(?!all\/|default\/)/.test(name))
    .map(({ name }) => name.replace(/[0-9a-f]{8}-[0-9a-f]{2}/, 'ID'))
    .sort();

test('no IPv6 parameter is desired for a link whose MTU is too small for IPv6', () => {
  expect(parameters(1279)).toEqual([]);
  expect(parameters(1280)).toEqual([
    'net/ipv6/conf/ns-ID/accept_ra',
    'net/ipv6/conf/ns-ID/disable_ipv6',
    'net/ipv6/conf/qg-ID/accept_ra',
    'net/ipv6/conf/qg-ID/forwarding',
    ...Array<string>(5).fill('net/ipv6/conf/tapID/disable_ipv6'),
  ]);
});
