import { kindOf } from '../../kinds/registry.ts';
import type { Change } from '../../model/change.ts';
import type { Observed, Origin } from '../../model/resource.ts';
import type { Subject } from '../../model/subject.ts';
import type { SubjectFinder } from './finder.ts';
import { changedLines, formerSubject, type ChangedLines, type FormerWords } from './lines.ts';

/** The owner of a group of changes. */
export type Owner = Subject | 'undesired' | 'foreign';

/** What a change does to objects of one owner. */
export interface Share {
  readonly owner: Owner;
  readonly change: Change;
  /** The object is the owner's; otherwise only some of its lines are. */
  readonly isWhole: boolean;
  /** The lines that are added and removed; of an object whose lines are counted. */
  readonly added: number;
  readonly removed: number;
}

/** Returns who has a part of each change, in the order of the changes. */
export function sharesOf(changes: readonly Change[], finder: SubjectFinder): readonly Share[] {
  const former: FormerWords = new Map();
  // Owners of deleted objects are found by the words of all lines, so the lines come first.
  const lines = new Map<Change, ChangedLines>();
  for (const change of changes) {
    const changed = changedLines(change, finder, former);
    if (changed) lines.set(change, changed);
  }
  const shares: Share[] = [];
  for (const change of changes) {
    const owner = ownerOf(change, finder, former);
    const changed = lines.get(change);
    if (changed) shares.push(...sharesOfLines(change, owner, changed));
    else if (change.action === 'update') shares.push({ owner, change, isWhole: true, added: 0, removed: 0 });
    else addShares(shares, change, owner, finder);
  }
  return shares;
}

function ownerOf(change: Change, finder: SubjectFinder, former: FormerWords): Owner {
  const { action, desired, observed, node, netns, name } = change;
  if (desired) return finder.ofOrigin(desired.origin);
  if (action === 'delete' && observed?.disturbs !== undefined) return 'foreign';
  return (
    finder.ofKnown(change.address) ??
    formerSubject(former, change, name.split('%')[0] ?? name) ??
    finder.ofRemoved(name.split('%')[0] ?? name) ??
    finder.ofText(name) ??
    finder.ofText(netns ?? '') ??
    finder.ofText(observed === undefined ? '' : linksOf(observed).join(' ')) ??
    finder.ofNetns(node, netns) ??
    (netns === null ? finder.ofName(node, name) : undefined) ??
    finder.ofAbsentNode(node) ??
    'undesired'
  );
}

/** Returns the names of an object's links: that of a guest's device tells its port. */
function linksOf(object: Observed): readonly string[] {
  return (kindOf(object.kind).providedLinks?.(object) ?? []).map(({ name }) => name);
}

/** An object that is updated belongs to those whose lines differ. */
function sharesOfLines(change: Change, owner: Owner, { added, removed }: ChangedLines): readonly Share[] {
  const numbers = new Map<Owner, { added: number; removed: number }>();
  const at = (subject: Subject | undefined): { added: number; removed: number } => {
    const known = numbers.get(subject ?? owner) ?? { added: 0, removed: 0 };
    numbers.set(subject ?? owner, known);
    return known;
  };
  for (const { subject } of added) at(subject).added += 1;
  for (const { subject } of removed) at(subject).removed += 1;
  if (numbers.size === 0) return [{ owner, change, isWhole: true, added: 0, removed: 0 }];
  return [...numbers].map(([one, number]) => ({ owner: one, change, isWhole: one === owner, ...number }));
}

/** Adds the shares of a new or deleted object: it belongs to its own subject, and its lines to theirs. */
function addShares(shares: Share[], change: Change, owner: Owner, finder: SubjectFinder): void {
  const { action, desired, observed, kind } = change;
  const { lines } = kindOf(kind).counted;
  const removed = action === 'create' || observed === undefined ? 0 : (lines?.(observed.spec).length ?? 0);
  const all = desired === undefined ? 0 : (lines?.(desired.spec).length ?? 0);
  const others = desired?.lineOrigins && othersIn(desired.lineOrigins, owner, finder);
  let added = all;
  for (const number of others?.values() ?? []) added -= number;
  shares.push({ owner, change, isWhole: true, added, removed });
  for (const [subject, number] of others ?? []) {
    shares.push({ owner: subject, change, isWhole: false, added: number, removed: 0 });
  }
}

/** Counts the lines of other subjects. */
function othersIn(lines: readonly Origin[], owner: Owner, finder: SubjectFinder): ReadonlyMap<Subject, number> {
  const others = new Map<Subject, number>();
  for (const { path } of lines) {
    const subject = finder.ofPath(path);
    if (subject !== undefined && subject !== owner) others.set(subject, (others.get(subject) ?? 0) + 1);
  }
  return others;
}
