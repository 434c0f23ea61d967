import { expect, test } from 'vitest';
import { findTarget, labTargets, targetName } from '../../src/lab/targets.ts';
import type { Topology } from '../../src/topology/types.gen.ts';

const doc: Topology = {
  name: 'demo',
  nodes: { n1: {}, main: {} },
  networks: {
    private: { physical_network: 'wire', subnets: { a: { cidr: '10.0.0.0/24' } } },
    public: { physical_network: 'wire', external: true, subnets: { b: { cidr: '192.0.2.0/24', enable_dhcp: false } } },
    main: { physical_network: 'wire', subnets: { c: { cidr: '10.1.0.0/24' } } },
  },
  routers: { r1: { node: 'n1' }, main: { node: 'n1' } },
  instances: {
    web: { node: 'n1', ports: { eth0: { network: 'private' } } },
    vm: { node: 'n1', attach: 'tap', ports: { eth0: { network: 'private' } } },
  },
  hosts: { outside: {} },
};

test('nodes, instances of the lab, outside hosts, routers, and networks with DHCP are targets', () => {
  expect(labTargets({ doc }).map(targetName)).toEqual([
    'node/n1',
    'node/main',
    'instance/web',
    'host/outside',
    'router/r1',
    'router/main',
    'dhcp/private',
    'dhcp/main',
  ]);
});

test.each([
  ['web', 'instance/web'],
  ['r1', 'router/r1'],
  ['private', 'dhcp/private'],
  ['dhcp/private', 'dhcp/private'],
  ['router/main', 'router/main'],
])('%s is %s', (word, name) => {
  expect(targetName(findTarget({ doc }, word))).toBe(name);
});

test('an ambiguous name is an error that lists the candidates', () => {
  expect(() => findTarget({ doc }, 'main')).toThrow(/NLL015/);
  expect(() => findTarget({ doc }, 'main')).toThrow(
    expect.objectContaining({
      diagnostics: [expect.objectContaining({ hint: 'write one of: node/main, router/main, dhcp/main' })],
    }),
  );
});

test.each(['vm', 'public', 'router/web', 'node/', ''])('%j is not a target', (word) => {
  expect(() => findTarget({ doc }, word)).toThrow(/NLL011/);
});

test('the hint of a large lab lists only the first targets', () => {
  const nodes = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`n${String(index)}`, {}]));
  expect(() => findTarget({ doc: { name: 'demo', nodes } }, 'x')).toThrow(
    expect.objectContaining({
      diagnostics: [expect.objectContaining({ hint: expect.stringMatching(/node\/n29, 70 more$/) as string })],
    }),
  );
});
