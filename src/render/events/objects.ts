import { kindOf } from '../../kinds/registry.ts';
import type { Change } from '../../model/change.ts';
import type { Batch, Plan } from '../../model/plan.ts';
import type { Address } from '../../model/resource.ts';
import { subjectWords } from '../../model/subject.ts';
import { clean } from '../clean.ts';
import { count } from '../columns.ts';

/** A changed object in the words of people. */
interface ObjectWords {
  readonly one: string;
  readonly many: string;
  /** How many it counts for: the rules of a chain are counted. */
  readonly number: number;
  /** The objects of the topology that it comes from. */
  readonly subjects: readonly string[];
}

/** The objects of a plan, by address. */
export type PlanObjects = ReadonlyMap<Address, ObjectWords>;

/** The most objects of the topology that a batch names. */
const NAMED = 2;

/** Returns the objects of a plan in the words of its groups. */
export function objectsOf({ changes, groups }: Pick<Plan, 'changes' | 'groups'>): PlanObjects {
  const subjects = new Map<Address, string[]>();
  for (const { subject, changes: addresses } of groups) {
    if (typeof subject === 'string') continue;
    const words = subjectWords(subject);
    for (const address of addresses) {
      const known = subjects.get(address);
      if (known) known.push(words);
      else subjects.set(address, [words]);
    }
  }
  return new Map(
    changes.map((change) => {
      const { one, many } = kindOf(change.kind).counted;
      const found = { one, many, number: numberOf(change), subjects: subjects.get(change.address) ?? [] };
      return [change.address, found];
    }),
  );
}

function numberOf({ kind, action, desired, observed }: Change): number {
  const { lines } = kindOf(kind).counted;
  const spec = (action === 'delete' ? observed : desired)?.spec;
  return lines === undefined || action === 'update' || spec === undefined ? 1 : lines(spec).length;
}

/** Describes a batch: `router r1 on net1: 3 links, 41 rules`; of objects that come from none, the namespace. */
export function batchText(batch: Batch, objects: PlanObjects): string {
  const counts = new Map<string, { readonly many: string; number: number }>();
  const subjects = new Set<string>();
  for (const address of addressesOf(batch)) {
    const { one, many, number, subjects: own } = objects.get(address) ?? EFFECT;
    const known = counts.get(one);
    if (known) known.number += number;
    else counts.set(one, { many, number });
    for (const subject of own) subjects.add(subject);
  }
  const parts = [...counts].flatMap(([one, { many, number }]) => (number === 0 ? [] : [count(number, one, many)]));
  const where = subjects.size === 0 ? `${batch.node}/${batch.netns ?? '-'}` : namesOf([...subjects], batch.node);
  return clean(parts.length === 0 ? where : `${where}: ${parts.join(', ')}`);
}

/** Returns the objects of a batch, each once. Consecutive steps are mostly of one, and a lookup hashes its address. */
function addressesOf({ steps }: Batch): ReadonlySet<Address> {
  const addresses = new Set<Address>();
  let last: Address | undefined;
  for (const { address } of steps) {
    if (address !== last) addresses.add(address);
    last = address;
  }
  return addresses;
}

const EFFECT: ObjectWords = { one: 'effect', many: 'effects', number: 1, subjects: [] };

/** Names the subjects, and the node if the names do not. */
function namesOf(subjects: readonly string[], node: string): string {
  const named = subjects.slice(0, NAMED);
  const more = subjects.length > NAMED ? ` and ${String(subjects.length - NAMED)} more` : '';
  const onNode = named.some((words) => words.endsWith(` on ${node}`)) ? '' : ` on ${node}`;
  return `${named.join(', ')}${more}${onNode}`;
}
