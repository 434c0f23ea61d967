import type { FieldChange } from '../../model/change.ts';
import { entriesOf, type AnyMeaning, type FieldTable, type Values } from './table.ts';

/** Shared, since nearly every object is as desired. */
const NO_CHANGE: readonly never[] = [];

type Compare = (desired: Values, observed: Values, before: readonly FieldChange[]) => readonly FieldChange[];

/** Returns the comparison that a table describes: the differences of its fields, in its order. */
export function comparing<Spec extends object>(
  table: FieldTable<Spec>,
): (desired: Spec, observed: Spec) => readonly FieldChange[] {
  const compare = comparingEach(entriesOf(table));
  return (desired, observed) => compare(desired as Values, observed as Values, NO_CHANGE);
}

function comparingEach(entries: readonly (readonly [field: string, meaning: AnyMeaning])[]): Compare {
  const compares = entries.flatMap(([field, meaning]) => comparingOne(field, meaning) ?? []);
  return (desired, observed) => {
    let found: readonly FieldChange[] = NO_CHANGE;
    for (const compare of compares) {
      const more = compare(desired, observed, found);
      if (more.length > 0) found = found.length === 0 ? more : [...found, ...more];
    }
    return found;
  };
}

/** Returns the comparison of one field; none if it is not compared. */
function comparingOne(field: string, meaning: AnyMeaning): Compare | undefined {
  if (typeof meaning === 'string') return comparingWhole(field, { change: meaning });
  if ('notCompared' in meaning) return undefined;
  if ('tell' in meaning) return meaning.tell;
  if ('parts' in meaning) return comparingParts(field, comparingEach(entriesOf(meaning.parts)));
  return 'each' in meaning ? comparingWords(field, meaning) : comparingWhole(field, meaning);
}

function comparingWhole(field: string, meaning: Extract<AnyMeaning, { readonly change: unknown }>): Compare {
  const { change, when, absent } = meaning;
  return (desired, observed) => {
    const { [field]: to = absent } = desired;
    const { [field]: from = absent } = observed;
    if (to === undefined || equal(from, to) || when?.(desired, observed) === false) return NO_CHANGE;
    return [{ field, from, to, ...(change === 'replace' && { replace: true }) }];
  };
}

function comparingParts(field: string, compare: Compare): Compare {
  return (desired, observed) =>
    compare(desired[field] as Values, observed[field] as Values, NO_CHANGE).map((change) => ({
      ...change,
      field: `${field}.${change.field}`,
    }));
}

function comparingWords(field: string, { each, when }: Extract<AnyMeaning, { readonly each: unknown }>): Compare {
  return (desired, observed) => {
    const changes = differentWords(field, wordsOf(desired[field]), wordsOf(observed[field]));
    if (changes.length === 0 || when?.(desired, observed) === false) return NO_CHANGE;
    return changes.flatMap((change) => {
      const action = typeof each === 'string' ? each : each(change);
      return action === 'same' ? [] : [{ ...change, ...(action === 'replace' && { replace: true }) }];
    });
  };
}

type Words = Readonly<Record<string, string>>;

const NO_WORDS: Words = {};

function wordsOf(value: unknown): Words {
  return (value as Words | undefined) ?? NO_WORDS;
}

function differentWords(field: string, desired: Words, observed: Words): readonly FieldChange[] {
  const names = new Set<string>();
  for (const name in desired) if (desired[name] !== observed[name]) names.add(name);
  for (const name in observed) if (desired[name] !== observed[name]) names.add(name);
  if (names.size === 0) return NO_CHANGE;
  return [...names].sort().map((name) => ({ field: `${field}.${name}`, from: observed[name], to: desired[name] }));
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  // Lists of strings, such as rules, need not be serialised.
  return (Array.isArray(a) && Array.isArray(b) && sameItems(a, b)) || JSON.stringify(a) === JSON.stringify(b);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
