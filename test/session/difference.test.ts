import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conformingObjects } from '../../src/diff/conforming.ts';
import { differenceOf } from '../../src/session/difference.ts';
import type { Desired } from '../../src/session/desired.ts';
import { withCompiled } from '../../src/session/held.ts';
import type { Plan } from '../../src/model/plan.ts';
import { headline } from '../../src/render/plan/headline.ts';
import { paint } from '../../src/render/colour.ts';
import { topologyTexts } from '../arbitraries/topology.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { inShort } from '../support/engine.ts';
import { planFrom } from '../support/ordered.ts';

const SIDES = { from: 'in old.yaml', to: 'in new.yaml' };
const EXAMPLES = new URL('../../topologies/', import.meta.url);

function desiredOf(text: string): Desired {
  return { source: { file: 't.yaml', text }, topology: validTopology(text), ...compiled(text), warnings: [] };
}

function difference(from: string, to: string): { readonly plan: Plan; readonly desired: Desired } {
  const fresh = desiredOf(to);
  const { plan, compiled: again } = differenceOf({ file: desiredOf(from) }, { file: fresh }, SIDES);
  if (again === undefined) throw new Error('the second side is a file');
  return { plan, desired: withCompiled(fresh, again) };
}

function told(from: string, to: string): readonly string[] {
  return difference(from, to).plan.groups.map((group) => headline(group, paint(false)));
}

const GUESTS = (guests: string): string => `name: demo
physical_networks: { lan: {}, out: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan }, eth2: { physical_network: out } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/28 } } }
  out: { physical_network: out, external: true, subnets: { pub: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: out }, interfaces: { sub1: {} } }
${guests}`;

const VM1 = 'vm1: { node: n1, ports: { eth0: { network: net1 } } }';
const FLOATING = 'floating_ips: { web: { floating_network: out, floating_ip_address: 192.0.2.50, instance: vm1 } }';

describe.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml')))('%s', (name) => {
  const text = readFileSync(new URL(name, EXAMPLES), 'utf8');
  test('does not differ from itself', () => {
    const { plan, desired } = difference(text, text);
    expect(inShort(plan.changes)).toEqual([]);
    expect(plan.groups).toEqual([]);
    expect(desired.graph.resources).toEqual(compiled(text).graph.resources);
  });
});

test('from any file to itself: nothing; to any other: the changes of a plan on nodes that conform', () => {
  fc.assert(
    fc.property(topologyTexts(), topologyTexts(), (a, b) => {
      expect(inShort(difference(a, a).plan.changes)).toEqual([]);
      const former = compiled(a).graph;
      const { plan, desired } = difference(a, b);
      const live = planFrom(conformingObjects(former), desired.graph);
      expect(plan.changes.map(({ address, action, impact }) => [address, action, impact])).toEqual(
        live.changes.map(({ address, action, impact }) => [address, action, impact]),
      );
      expect(plan.changes.map(({ reason }) => reason).join()).not.toMatch(/on the node|in the file/);
    }),
    { numRuns: 6 },
  );
});

test('everything that a file no longer has is named, and what is left keeps its address', () => {
  const before = GUESTS(`instances: { ${VM1}, vm2: { node: n1, ports: { eth0: { network: net1 } } } }\n${FLOATING}`);
  const gone = (after: string): readonly string[] =>
    told(before, after).filter((line) => /no longer|router/.test(line));
  const web = '- floating IP web (no longer in the file): its NAT connections drop';
  const vm2 = '- instance vm2 on n1 (no longer in the file): its traffic ends';
  expect(gone(GUESTS(`instances: { ${VM1} }`))).toEqual([web, vm2]);
  expect(gone(GUESTS(''))).toEqual([web, vm2.replace('vm2', 'vm1'), vm2]);
});

test('an entry under another key is no difference with renamed_from', () => {
  const renamed = 'guest: { renamed_from: vm1, node: n1, ports: { eth0: { network: net1 } } }';
  const lines = told(GUESTS(`instances: { ${VM1} }`), GUESTS(`instances: { ${renamed} }`));
  // The lab runs each instance in a namespace of its name.
  expect(lines).toEqual(['~ instance guest on n1 (10.0.0.4): its traffic pauses until it is recreated']);
});

test('a derived address that exists stays, or its change is a warning', () => {
  const one = GUESTS(`instances: { ${VM1} }`);
  const [fixed] = desiredOf(one).resolved.instances.get('vm1')?.ports[0]?.fixedIps ?? [];
  const thief = `thief: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: ${fixed?.address} } } }`;
  const { desired } = difference(one, GUESTS(`instances: { ${VM1}, ${thief} }`));
  expect(desired.warnings.map(({ code }) => code)).toContain('NLP50');
  const more = Array.from({ length: 9 }, (_, i) => `a${i}: { node: n1, ports: { eth0: { network: net1 } } }`);
  const crowded = difference(one, GUESTS(`instances: { ${[VM1, ...more].join(', ')} }`)).desired;
  expect(crowded.resolved.instances.get('vm1')?.ports[0]?.fixedIps[0]?.address).toBe(fixed?.address);
});
