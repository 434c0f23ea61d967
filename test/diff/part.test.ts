import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benchTopology } from '../../scripts/bench/topology.mjs';
import { diff } from '../../src/diff/diff.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Plan } from '../../src/model/plan.ts';
import { addressOf, kindWord, type Observed } from '../../src/model/resource.ts';
import { planOf } from '../../src/plan/plan.ts';
import { extentSince, type Basis } from '../../src/diff/part.ts';
import { topologyTexts } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';
import { asObserved } from '../support/ordered.ts';
import { contextOf } from '../support/view.ts';

type Planned = Pick<Plan, 'changes' | 'batches' | 'groups' | 'foreign'> & {
  readonly diagnostics: readonly Diagnostic[];
};

/** What a plan says, made of everything or of what has changed since the basis. */
function planned(graph: DesiredGraph, observed: readonly Observed[], basis?: Basis): Planned {
  const context = contextOf(graph);
  const whole = { desired: graph, observed, inspected: graph };
  const extent = basis ? extentSince(basis, graph, observed, new Map()) : whole;
  const difference = diff(extent.desired, extent.observed, context, extent.inspected);
  const { changes, batches, groups, foreign } = planOf(graph, extent.observed, difference, context, extent.desired);
  return { changes, batches, groups, foreign, diagnostics: difference.diagnostics };
}

/** What was wrong already is no basis: without views each node lacks its NICs. */
function isNew({ diagnostics: known }: Planned): (found: Planned) => Planned {
  const old = new Set(known.map(({ code, summary }) => `${code} ${summary}`));
  return ({ diagnostics, ...plan }) => ({
    ...plan,
    diagnostics: diagnostics.filter(({ code, summary }) => !old.has(`${code} ${summary}`)),
  });
}

/** Objects as another topology has them, or not at all, and objects that it alone has: one of `every`. */
function damaged(objects: readonly Observed[], other: readonly Observed[], every: number, seed: number): Observed[] {
  const theirs = new Map(other.map((object) => [addressOf(object), object]));
  const own = new Set(objects.map((object) => addressOf(object)));
  const isHit = (index: number): boolean => Math.imul(index + 1, 2654435761 ^ seed) >>> 0 < 2 ** 32 / every;
  return [
    ...objects.flatMap((object, index) => (isHit(index) ? (theirs.get(addressOf(object)) ?? []) : [object])),
    ...other.filter((object, index) => !own.has(addressOf(object)) && isHit(index)),
  ];
}

test('after any damage the plan of what has changed is the plan of everything', () => {
  fc.assert(
    fc.property(
      topologyTexts(),
      topologyTexts(),
      fc.integer({ min: 2, max: 60 }),
      fc.integer(),
      (a, b, every, seed) => {
        const [graph, other] = [a, b].map((text) => compiled(text).graph) as [DesiredGraph, DesiredGraph];
        const before = asObserved(graph);
        const now = damaged(before, asObserved(other), every, seed);
        const basis = { desired: graph, observed: before, views: new Map() };
        const only = isNew(planned(graph, before));
        expect(only(planned(graph, now, basis))).toEqual(only(planned(graph, now)));
      },
    ),
    { numRuns: 60 },
  );
});

test('one changed object leads to the comparison of its namespace, the node itself, and what has links there', () => {
  const { graph } = compiled(benchTopology('part', 50));
  const before = asObserved(graph);
  const netns = before.find((object) => object.netns !== null)?.netns;
  const index = before.findIndex((object) => object.netns === netns && object.name.endsWith('float-snat'));
  const now = before.with(index, { ...before[index]!, spec: { builtin: false, rules: [] } });
  const basis = { desired: graph, observed: before, views: new Map() };
  const { desired, observed, inspected } = extentSince(basis, graph, now, new Map());
  const elsewhere = observed.filter((object) => object.netns !== null && object.netns !== netns);
  expect(new Set(elsewhere.map((object) => kindWord(object.kind)))).toEqual(new Set(['veth']));
  expect(inspected).toBe(desired);
  expect(desired.resources.size).toBeLessThan(graph.resources.size / 4);
  const only = isNew(planned(graph, before));
  expect(only(planned(graph, now, basis))).toEqual(only(planned(graph, now)));
});

test('nothing is compared if nothing has changed', () => {
  const { graph } = compiled(benchTopology('part', 2));
  const before = asObserved(graph);
  const basis = { desired: graph, observed: before, views: new Map() };
  const { desired, observed } = extentSince(basis, graph, [...before], new Map());
  expect([desired.resources.size, observed.length]).toEqual([0, 0]);
});
