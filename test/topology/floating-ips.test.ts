import { expect, test } from 'vitest';
import { routerOf, targetPortOf } from '../../src/topology/floating-ips.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { subnetsByName } from '../../src/topology/subnets.ts';
import { BASE } from './support.ts';

const doc = loadTopology(BASE, 'base.yaml').topology!.doc;

test('a floating IP stands for the only port, through the router between', () => {
  const floatingIp = doc.floating_ips!['fip1']!;
  expect(targetPortOf(doc, floatingIp)?.device).toBe('eth0');
  expect(routerOf(doc, floatingIp)?.name).toBe('r1');
  expect(routerOf(doc, { ...floatingIp, floating_network: 'lan' })).toBeUndefined();
  expect(targetPortOf(doc, { ...floatingIp, port: 'eth9' })).toBeUndefined();
  expect(targetPortOf(doc, { ...floatingIp, port: 'toString' })).toBeUndefined();
  expect(subnetsByName(doc).get('lan-subnet')?.networkName).toBe('lan');
});

test('the router is the first of the file on the subnet of the address', () => {
  const port = { network: 'lan', fixed_ip_address: '10.0.2.9' };
  const gateway = { network: 'public' };
  const two = {
    ...doc,
    networks: {
      ...doc.networks,
      lan: { physical_network: 'inner', subnets: { a: { cidr: '10.0.1.0/24' }, b: { cidr: '10.0.2.0/24' } } },
    },
    routers: {
      onA: { node: 'net1', external_gateway: gateway, interfaces: { a: {} } },
      elsewhere: { node: 'net1', external_gateway: { network: 'other' }, interfaces: { b: {} } },
      onB: { node: 'net1', external_gateway: gateway, interfaces: { b: {} } },
      later: { node: 'net1', external_gateway: gateway, interfaces: { b: {} } },
    },
  };
  expect(routerOf(two, { floating_network: 'public', ...port })?.name).toBe('onB');
  expect(routerOf(two, { floating_network: 'public', ...port, fixed_ip_address: '10.0.1.9' })?.name).toBe('onA');
  expect(routerOf(two, { floating_network: 'public', ...port, fixed_ip_address: '10.0.3.9' })).toBeUndefined();
});
