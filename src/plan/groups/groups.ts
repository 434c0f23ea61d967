import { IMPACTS, type Action, type Change, type Impact } from '../../model/change.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { ChangeGroup } from '../../model/plan.ts';
import type { Subject } from '../../model/subject.ts';
import { countsOf } from './counts.ts';
import { SubjectFinder } from './finder.ts';
import { sharesOf, type Owner, type Share } from './shares.ts';

/**
 * Groups the changes of a plan by the object of the topology that they come from, in the order of the graph's subjects;
 * deletions of what the file does not name, and of foreign objects, come last. A desired object belongs to the subject
 * of its origin, and a rule to the subject of its own. A deleted object belongs to the subject whose object it was in
 * the file, whose rules named it before, whose id is in its name or namespace, or in whose namespace it is.
 */
export function groupsOf(changes: readonly Change[], graph: DesiredGraph): readonly ChangeGroup[] {
  if (changes.length === 0) return [];
  const finder = new SubjectFinder(graph);
  const byOwner = new Map<Owner, Share[]>();
  for (const share of sharesOf(changes, finder)) {
    const known = byOwner.get(share.owner);
    if (known) known.push(share);
    else byOwner.set(share.owner, [share]);
  }
  const desired = desiredNumbers(graph, finder);
  const last: readonly Owner[] = ['undesired', 'foreign'];
  const others = [...byOwner.keys()].filter((owner) => !last.includes(owner));
  const owners = new Set<Owner>([...graph.subjects, ...others, ...last]);
  return [...owners].flatMap((owner) => {
    const shares = byOwner.get(owner);
    if (!shares) return [];
    const group = groupOf(owner, shares, desired);
    // A subject that exists is not changed by its rules in the new chain of another one.
    return group.action === 'update' && shares.every(isInNewObject) ? [] : [group];
  });
}

function isInNewObject({ change, isWhole }: Share): boolean {
  return !isWhole && change.action !== 'update';
}

function groupOf(owner: Owner, shares: readonly Share[], desired: ReadonlyMap<Owner, number>): ChangeGroup {
  const action = typeof owner === 'string' ? 'delete' : actionOn(owner, shares, desired.get(owner) ?? 0);
  const becomes = typeof owner === 'string' || action !== 'update' ? undefined : becomesOf(owner, shares);
  return {
    subject: owner,
    action,
    // A new subject has no traffic yet.
    impact: worst(action === 'create' ? shares.filter(({ change }) => change.action === 'update') : shares),
    changes: shares.map(({ change }) => change.address),
    counts: countsOf(shares),
    ...(becomes !== undefined && { becomes }),
  };
}

/** Returns from which node a subject moves, or what else its deleted and created objects tell. */
function becomesOf({ node, becomes }: Subject, shares: readonly Share[]): string | undefined {
  const deleted = shares.flatMap(({ change }) =>
    change.action === 'delete' && change.observed ? change.observed : [],
  );
  const created = shares.flatMap(({ change }) => (change.action === 'create' && change.desired ? change.desired : []));
  const [before, ...others] = new Set(deleted.map((object) => object.node));
  const isMoved = before !== undefined && others.length === 0 && created.some((object) => object.node === node);
  return isMoved && node !== undefined && before !== node ? `moves from ${before}` : becomes?.(deleted, created);
}

/**
 * Returns what happens to a subject. It is new if all that it is to have is created, and recreated if some of that is
 * replaced; what is replaced with another object's lines does not count.
 */
function actionOn(subject: Subject, shares: readonly Share[], desired: number): Action {
  if (subject.removed !== undefined) return 'delete';
  const actions = new Set(shares.filter(({ isWhole }) => isWhole).map(({ change }) => change.action));
  if (desired === 0 && actions.size > 0 && [...actions].every((action) => action === 'delete')) return 'delete';
  const isNewOnly = shares.every(({ change, isWhole, removed }) => {
    if (!isWhole) return removed === 0;
    return change.action === 'create' || change.action === 'replace';
  });
  const created = shares.reduce((sum, { isWhole, added }) => sum + (isWhole ? 1 : added), 0);
  if (!isNewOnly || created < desired) return 'update';
  return actions.has('replace') ? 'replace' : 'create';
}

/** Counts what each subject is to have: its objects, and its lines in objects of others. */
function desiredNumbers({ resources }: DesiredGraph, finder: SubjectFinder): ReadonlyMap<Owner, number> {
  const numbers = new Map<Owner, number>();
  const add = (subject: Subject | undefined): void => {
    if (subject) numbers.set(subject, (numbers.get(subject) ?? 0) + 1);
  };
  for (const { origin, lineOrigins = [] } of resources.values()) {
    const own = finder.ofPath(origin.path);
    add(own);
    for (const { path } of lineOrigins) {
      const subject = finder.ofPath(path);
      if (subject !== own) add(subject);
    }
  }
  return numbers;
}

function worst(shares: readonly Share[]): Impact {
  const most = shares.reduce((index, { change }) => Math.max(index, IMPACTS.indexOf(change.impact)), 0);
  return IMPACTS[most] ?? 'none';
}
