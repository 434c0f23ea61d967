import { describe, expect, test } from 'vitest';
import {
  dhcpNodeOf,
  gatewayOf,
  hasDhcp,
  isPresent,
  nicOn,
  poolsOf,
  reachOf,
  rolesOf,
} from '../../src/topology/defaults.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { formatIp } from '../../src/net/ip.ts';
import { BASE } from './support.ts';

const doc = loadTopology(BASE, 'base.yaml').topology!.doc;
const pools = (subnet: Parameters<typeof poolsOf>[0]): string[] =>
  poolsOf(subnet).map(({ first, last }) => `${formatIp(first)}-${formatIp(last)}`);

describe('defaults of fields that the file leaves out', () => {
  test('of a node', () => {
    expect(rolesOf({})).toEqual(['network', 'compute']);
    expect(reachOf({})).toEqual({ via: 'local' });
    expect({}).toSatisfy(isPresent);
    expect({ state: 'absent' }).not.toSatisfy(isPresent);
    expect(nicOn(doc.nodes!['net1']!, 'outer')?.device).toBe('eth1');
    expect(nicOn(doc.nodes!['com1']!, 'outer')).toBeUndefined();
  });

  test('the gateway is the first address of a host, unless it is given or null', () => {
    expect(gatewayOf({ cidr: '10.0.0.0/24' })).toBe('10.0.0.1');
    expect(gatewayOf({ cidr: '10.0.0.0/24', gateway_ip: '10.0.0.254' })).toBe('10.0.0.254');
    expect(gatewayOf({ cidr: '10.0.0.0/24', gateway_ip: null })).toBeUndefined();
    // As Neutron: the address after that of the network.
    expect(gatewayOf({ cidr: '10.0.0.0/31' })).toBe('10.0.0.1');
  });

  test('the pools are all host addresses except the gateway', () => {
    expect(pools({ cidr: '10.0.0.0/29' })).toEqual(['10.0.0.2-10.0.0.6']);
    expect(pools({ cidr: '10.0.0.0/29', gateway_ip: '10.0.0.3' })).toEqual(['10.0.0.1-10.0.0.2', '10.0.0.4-10.0.0.6']);
    expect(pools({ cidr: '10.0.0.0/29', gateway_ip: null })).toEqual(['10.0.0.1-10.0.0.6']);
    expect(pools({ cidr: '10.0.0.0/24', allocation_pools: [{ start: '10.0.0.7', end: '10.0.0.9' }] })).toEqual([
      '10.0.0.7-10.0.0.9',
    ]);
  });

  test('DHCP runs on the first network node with a NIC there', () => {
    const network = { physical_network: 'inner', subnets: { s: { cidr: '10.0.0.0/24' } } };
    expect(network).toSatisfy(hasDhcp);
    expect(dhcpNodeOf(doc, network)).toBe('net1');
    expect(dhcpNodeOf(doc, { ...network, dhcp: { node: 'com1' } })).toBe('com1');
    expect(
      dhcpNodeOf(doc, { ...network, subnets: { s: { cidr: '10.0.0.0/24', enable_dhcp: false } } }),
    ).toBeUndefined();
    expect(dhcpNodeOf(doc, { ...network, physical_network: 'none' })).toBeUndefined();
  });
});
