import { expect, test } from 'vitest';
import { learnHeld } from '../../src/compile/learn-held.ts';
import { missingEntries } from '../../src/compile/missing.ts';
import { renamedWarnings } from '../../src/compile/renamed.ts';
import type { Observed } from '../../src/model/resource.ts';
import { compiled, validTopology } from '../support/compiled.ts';

const TEXT = `name: t
physical_networks: { wire: {}, out: {}, other: {} }
nodes:
  n1:
    reach: { via: lab }
    nics: { e1: { physical_network: wire }, e2: { physical_network: out }, e3: { physical_network: other } }
address_scopes: { blue: {} }
networks:
  lan:
    physical_network: wire
    subnets: { lan-a: { cidr: 10.0.0.0/24, address_scope: blue }, lan-b: { cidr: 10.0.1.0/24, address_scope: blue } }
  public: { physical_network: out, external: true, subnets: { pub: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: public }, interfaces: { lan-a: {} } }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }] }
instances:
  vm1: { node: n1, ports: { eth0: { network: lan, security_groups: [web] }, eth1: { network: public } } }
floating_ips:
  fip1: { floating_network: public, instance: vm1, port: eth0 }
`;

/** The warnings of a plan for a text on nodes that have another. */
function warnings(before: string, after: string) {
  const observed = [...compiled(before).graph.resources.values()].map(
    ({ node, netns, kind, name, spec }): Observed => ({ node, netns, kind, name, spec, owner: 'ours' }),
  );
  const { resolved } = compiled(after);
  const { entries } = learnHeld(validTopology(after), resolved, observed);
  return renamedWarnings(resolved, entries, missingEntries(resolved, entries));
}

const keys = (before: string, after: string): string[] =>
  warnings(before, after).map(
    ({ summary, hint }) => `${summary.split(' ')[0] ?? ''} ${/`(.*?)`/.exec(hint ?? '')?.[1] ?? ''}`,
  );

/** Replaces a name everywhere. */
const rename = (text: string, from: string, to: string): string =>
  text.replaceAll(new RegExp(`\\b${from}\\b(?!-)`, 'g'), to);

test.each([
  ['network', 'lan', 'inside', 'networks.inside renamed_from: lan'],
  ['subnet', 'lan-b', 'second', 'networks.lan.subnets.second renamed_from: lan-b'],
  ['router', 'r1', 'edge', 'routers.edge renamed_from: r1'],
  ['instance', 'vm1', 'web1', 'instances.web1 renamed_from: vm1'],
  ['port', 'eth0', 'ens3', 'instances.vm1.ports.ens3 renamed_from: eth0'],
  ['floating IP', 'fip1', 'public1', 'floating_ips.public1 renamed_from: fip1'],
  ['security group', 'web', 'http', 'security_groups.http renamed_from: web'],
  ['address scope', 'blue', 'green', 'address_scopes.green renamed_from: blue'],
])('a %s under another key is named, with the line to add', (_, from, to, line) => {
  expect(keys(TEXT, rename(TEXT, from, to))).toEqual([line]);
});

test('the place is the new key', () => {
  expect(warnings(TEXT, rename(TEXT, 'r1', 'edge'))).toMatchObject([
    {
      code: 'NLP54',
      severity: 'warning',
      summary:
        'routers.edge looks like the router r1 under another key: the nodes have that one, and the file does not',
      range: { start: { line: 14, column: 3 } },
      hint: 'add `renamed_from: r1` to keep it; without that line it is deleted and a new one created',
    },
  ]);
});

test('each of several renamed entries is named; what is in them follows', () => {
  const after = rename(rename(rename(TEXT, 'lan', 'inside'), 'lan-b', 'second'), 'r1', 'edge');
  expect(keys(TEXT, after).sort()).toEqual([
    'networks.inside renamed_from: lan',
    'networks.inside.subnets.second renamed_from: lan-b',
    'routers.edge renamed_from: r1',
  ]);
});

test('renamed_from names the key under which the entry was created', () => {
  const first = rename(TEXT, 'r1', 'edge').replace('edge: {', 'edge: { renamed_from: r1,');
  expect(keys(TEXT, first)).toEqual([]);
  expect(keys(first, rename(TEXT, 'r1', 'border'))).toEqual(['routers.border renamed_from: r1']);
});

test.each([
  ['nothing changed', TEXT],
  ['an entry was removed', TEXT.replace(/^ {2}fip1: .*\n/m, '  {}\n')],
  ['an entry was added', TEXT.replace('routers:\n', 'routers:\n  r2: { node: n1, interfaces: { lan-b: {} } }\n')],
  [
    'an unlike one came',
    TEXT.replace(
      'r1: { node: n1, external_gateway: { network: public }, interfaces: { lan-a: {} } }',
      'r2: { node: n1, external_gateway: { network: public }, interfaces: { lan-a: {}, lan-b: {} } }',
    ),
  ],
  ['the new one has another range', rename(TEXT, 'lan-b', 'second').replace('10.0.1.0', '10.0.2.0')],
  [
    'the new one has an id',
    rename(TEXT, 'r1', 'edge').replace('edge: {', 'edge: { id: 30acf3ad-b938-49cd-9fb1-81cb35559e23,'),
  ],
  [
    'two new ones are alike',
    TEXT.replace('  vm1: {', '  vm2: {')
      .replace(
        /^ {2}(vm2: .*\n)/m,
        '  $1  vm3: { node: n1, ports: { eth0: { network: lan }, eth1: { network: public } } }\n',
      )
      .replace('instance: vm1', 'instance: vm2'),
  ],
])('%s: no warning', (_, after) => {
  expect(keys(TEXT, after)).toEqual([]);
});
