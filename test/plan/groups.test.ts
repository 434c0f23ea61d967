import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { learnHeld } from '../../src/compile/learn-held.ts';
import { missingEntries } from '../../src/compile/missing.ts';
import { removedSubjects } from '../../src/compile/removed.ts';
import { desiredGraph, type DesiredGraph } from '../../src/model/graph.ts';
import type { ChangeGroup, Plan } from '../../src/model/plan.ts';
import { paint } from '../../src/render/colour.ts';
import { groupWords, headline } from '../../src/render/plan/headline.ts';
import { renderPlan } from '../../src/render/plan/text.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { readTopology } from '../../src/topology/read.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { asObserved, planFrom } from '../support/ordered.ts';

const colours = paint(false);
const FOLDER = path.join(import.meta.dirname, '../../topologies');
const EXAMPLES = [...readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')), path.join('include', 'main.yaml')];

async function example(name: string): Promise<DesiredGraph> {
  const { text, file, folder } = await readTopology(path.join(FOLDER, name));
  const { topology } = loadTopology(text, file, folder);
  const graph = topology && compileTopology(topology).graph;
  if (graph) return graph;
  throw new Error(`${name} is not valid`);
}

/** Returns the lines of a plan from one text to another, without those below the headlines. */
function told(from: string, to: string): readonly string[] {
  return planOfTexts(from, to).groups.map((group) => headline(group, colours));
}

function planOfTexts(from: string, to: string): Plan {
  return planFrom(asObserved(compiled(from).graph), compiled(to).graph);
}

function addressesOf(groups: readonly ChangeGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ changes }) => changes))].sort();
}

describe.each(EXAMPLES)('%s', (name) => {
  test('every new object belongs to an object of the file', async () => {
    const graph = await example(name);
    const { changes, groups } = planFrom([], graph);
    expect(addressesOf(groups)).toEqual(changes.map(({ address }) => address));
    const paths = new Set(graph.subjects.map(({ origin }) => origin.path));
    for (const { subject, action } of groups) {
      expect(typeof subject === 'string' ? subject : [...paths]).toContain(
        typeof subject === 'string' ? '' : subject.origin.path,
      );
      expect(action).toBe('create');
    }
  });

  test('destroy deletes the same objects of the file', async () => {
    const graph = await example(name);
    const destroyed = planFrom(asObserved(graph), desiredGraph(graph.topology, graph.nodes, [], graph));
    expect(addressesOf(destroyed.groups)).toEqual(destroyed.changes.map(({ address }) => address));
    const created = new Set(planFrom([], graph).groups.map(groupWords));
    for (const group of destroyed.groups) {
      expect(created).toContain(groupWords(group));
      expect(group.action).toBe('delete');
    }
  });
});

const TENANTS = [1, 2, 3].map(String);
const NICS = TENANTS.map((i) => `t${i}: { physical_network: wire${i} }`).join(', ');
const each = (line: (i: string) => string): string => TENANTS.map((i) => `  ${line(i)}`).join('\n');

const vm = (name: string, tenant: string, address: string): string =>
  `vm${name}: { node: node2, ports: {
    eth0: { network: tenant${tenant}, fixed_ip_address: ${address}, security_groups: [web] } } }`;

const THREE = `
name: three
physical_networks: { ext: {}, ${TENANTS.map((i) => `wire${i}: {}`).join(', ')} }
nodes:
  node1: { roles: [network], reach: { via: lab }, nics: { eth1: { physical_network: ext }, ${NICS} } }
  node2: { roles: [compute, network], reach: { via: lab }, nics: { eth1: { physical_network: ext }, ${NICS} } }
networks:
  public:
    physical_network: ext
    external: true
    subnets: { public: { cidr: 203.0.113.0/24, enable_dhcp: false } }
${each(
  (i) => `tenant${i}:
    { physical_network: wire${i}, dhcp: { node: node1 }, subnets: { s${i}: { cidr: 10.0.${i}.0/24 } } }`,
)}
routers:
${each(
  (i) => `r${i}: { node: node1, interfaces: { s${i}: {} },
    external_gateway: { network: public, fixed_ip_address: 203.0.113.1${i} } }`,
)}
security_groups:
  web:
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }
      - { direction: ingress, protocol: tcp, port_range_min: 22, port_range_max: 22 }
instances:
${each((i) => vm(i, i, `10.0.${i}.5`))}
floating_ips:
  fip1: { floating_network: public, floating_ip_address: 203.0.113.20, instance: vm1 }
  fip2: { floating_network: public, floating_ip_address: 203.0.113.30, instance: vm2 }
`;

test('the plan of three routers fits on a screen and names what the file names', () => {
  const text = renderPlan(planFrom([], compiled(THREE).graph), { colours });
  expect(text.split('\n').length).toBeLessThan(50);
  for (const name of ['r1', 'r2', 'r3', 'tenant1', 'fip1', 'vm3 on node2', 'web'])
    expect(text).toMatch(new RegExp(String.raw`^\+ .*\b${name}\b`, 'm'));
});

test('what the file no longer has is named, by the files of derived values', () => {
  const before = THREE.replace(', floating_ip_address: 203.0.113.30', '');
  const after = before
    .replace(/ {2}vm3: .*\n.*\n/, '')
    .replace(/ {2}r3: .*\n.*\n/, '')
    .replace(/ {2}fip2: .*\n/, '');
  const observed = asObserved(compiled(before).graph);
  const { graph, resolved } = compiled(after);
  const { entries, ports } = learnHeld(validTopology(after), resolved, observed);
  const removed = removedSubjects(missingEntries(resolved, entries), ports);
  const plan = planFrom(observed, { ...graph, subjects: [...graph.subjects, ...removed] });
  const lines = plan.groups.map((group) => headline(group, colours));
  expect(lines.filter((line) => line.startsWith('-'))).toEqual([
    '- NIC t3 on node2 (physical network wire3): its addresses and routes return to it',
    '- router r3 (no longer in the file): its traffic ends',
    '- floating IP fip2 (no longer in the file): its traffic ends',
    '- instance vm3 (no longer in the file): its traffic ends',
  ]);
});

describe('an update belongs to the object that changes', () => {
  const GREEN = '  fip3: { floating_network: public, floating_ip_address: 203.0.113.40, instance: vm3 }\n';
  const SECOND = `  ${vm('4', '1', '10.0.1.6')}\n`;

  test.each([
    [
      'a floating IP gets another address',
      THREE.replace('203.0.113.20', '203.0.113.21'),
      ['~ floating IP fip1 203.0.113.20 → 203.0.113.21: its NAT connections drop'],
    ],
    [
      'a floating IP gets another target',
      THREE.replace('203.0.113.20, instance: vm1', '203.0.113.20, instance: vm4').replace(
        'floating_ips:',
        `${SECOND}floating_ips:`,
      ),
      ['~ floating IP fip1 (203.0.113.20 to vm4): its NAT connections drop'],
    ],
    [
      'a floating IP is added',
      `${THREE}${GREEN}`,
      ['+ floating IP fip3 (203.0.113.40 to vm3): its NAT connections drop'],
    ],
    [
      'a gateway gets another address',
      THREE.replace('203.0.113.11', '203.0.113.14'),
      ['~ router r1 on node1 gateway 203.0.113.11 → 203.0.113.14: NAT connections through it drop'],
    ],
    [
      'a rule of a security group changes',
      THREE.replaceAll(': 80', ': 81'),
      ['~ security group web (2 rules): the counters of the changed rules start at 0'],
    ],
    [
      'a rule of a security group is removed',
      THREE.replace(/.*port_range_min: 80.*\n/, ''),
      ['~ security group web (1 rule): the counters of the changed rules start at 0'],
    ],
    [
      'an instance is removed',
      THREE.replace(/ {2}vm3: .*\n.*\n/, ''),
      [
        '~ node node2: the counters of the changed rules start at 0',
        '- NIC t3 on node2 (physical network wire3): its addresses and routes return to it',
        '~ network tenant3 (10.0.3.0/24, DHCP): traffic through the deleted objects ends',
        '- no longer in the file: its traffic ends',
      ],
    ],
  ] as const)('%s', (what, after, lines) => {
    const isInstance = what === 'a floating IP gets another target';
    const before = isInstance ? THREE.replace('floating_ips:', `${SECOND}floating_ips:`) : THREE;
    // Its line is that of every plan that adds or removes something.
    const others = told(before, after).filter((line) => !line.includes('file of derived values'));
    expect(others).toEqual(lines);
  });

  test('an object is missing', () => {
    const { graph } = compiled(THREE);
    const [missing] = asObserved(graph).filter(({ name }) => name.startsWith('10.0.1.1/24%'));
    const observed = asObserved(graph).filter(({ name }) => name !== missing?.name);
    expect(planFrom(observed, graph).groups.map((group) => headline(group, colours))).toEqual([
      '~ router r1 on node1 (1 interface, gateway 203.0.113.11)',
    ]);
  });

  test('a router moves to another node', () => {
    const moved = THREE.replace('r3: { node: node1', 'r3: { node: node2');
    expect(told(THREE, moved)).toContain(
      '~ router r3 on node2 moves from node1: its traffic pauses until it is recreated',
    );
  });

  test('a node is cleared with `state: absent`', () => {
    const before = THREE.replace(/floating_ips:[^]*/, '');
    const after = before
      .replace('node2: { roles', 'node2: { state: absent, roles')
      .replace(/instances:\n(.*\n){6}/, '');
    expect(told(before, after)).toContain('- node node2 (state: absent)');
  });
});
