import { expect } from 'vitest';
import { adaptedToNodes } from '../../../src/diff/adapt.ts';
import { conformingObjects } from '../../../src/diff/conforming.ts';
import { changesBetween } from '../../../src/diff/diff.ts';
import { kindOf } from '../../../src/kinds/registry.ts';
import type { Change } from '../../../src/model/change.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { snapshotOf } from '../../../src/session/snapshot.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { decodeState } from '../../../src/snapshot/decode.ts';

const SIDES = { from: 'before', to: 'after' };

/**
 * Expects that a plan on nodes, which conform to `before`, has the changes that a recorded state of them tells, and
 * those that a comparison of the two graphs tells.
 */
export function expectSameWithoutNodes(before: DesiredGraph, after: DesiredGraph, { plan, views }: PlanResult): void {
  const text = snapshotOf(before, views, new Map(), { version: '0.0.0', time: new Date(0) });
  const { nodes } = decodeState(text);
  const recorded = [...nodes.values()].flatMap(({ objects }) => objects);
  const adapted = adaptedToNodes(after, new Map([...nodes].map(([name, { facts }]) => [name, facts])));
  const found = changesBetween(recorded, adapted, SIDES).changes;
  // Only a node can tell that its programs write a rule in another way, so the text of the file is a difference.
  const live = new Set(inShort(plan.changes));
  const isWording = (change: Change): boolean =>
    change.action === 'update' && kindOf(change.kind).canonicalForms !== undefined && !live.has(shortOf(change));
  expect(inShort(found.filter((change) => !isWording(change)))).toEqual([...live]);
  // A file does not tell what NICs and kernel parameters a node has that it does not name, and the lab has ended the
  // instances that `after` does not have.
  const named = ({ kind, netns, address }: Change): boolean =>
    kindOf(kind).foreign !== 'borrowed'
      ? netns?.startsWith('/') !== true
      : before.resources.has(address) && after.resources.has(address);
  const compared = changesBetween(conformingObjects(before), after, SIDES).changes;
  expect(inShort(compared.filter((change) => named(change) && !isWording(change)))).toEqual(
    inShort(plan.changes.filter(named)),
  );
}

function inShort(changes: readonly Change[]): readonly string[] {
  return changes.map(shortOf);
}

function shortOf({ action, address, impact }: Change): string {
  return `${action} ${address} ${impact}`;
}
