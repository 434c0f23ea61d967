import { expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';

function codes(listen: string): string[] {
  const text = `
name: t
physical_networks: { one: {}, two: {} }
nodes: { n: { reach: { via: lab }, nics: { eth1: { physical_network: one }, eth2: { physical_network: two } } } }
networks:
  one: { physical_network: one, subnets: { one: { cidr: 10.0.0.0/24 } } }
  two: { physical_network: two, subnets: { two: { cidr: 10.0.0.0/24 } } }
instances:
  a: { node: n, ports: { eth0: { network: one, fixed_ip_address: 10.0.0.11 } } }
  b: { node: n, ${listen}ports: { eth0: { network: two, fixed_ip_address: 10.0.0.11 } } }
  c: { node: n, ports: { eth0: { network: two } } }
expect: [{ from: c, to: 10.0.0.11, protocol: tcp, port: 22 }]
`;
  return loadTopology(text, 't.yaml').diagnostics.map(({ code }) => code);
}

test('an address with two holders may be the address of either', () => {
  expect(codes('')).toEqual(['NL605']);
  expect(codes('listen: [22], ')).toEqual([]);
  expect(codes('attach: tap, ')).toEqual([]);
});
