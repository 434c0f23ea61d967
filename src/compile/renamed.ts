import type { HeldEntry } from '../features/held/entries.ts';
import { likenessOf } from '../features/held/likeness.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DerivedId, ResolvedTopology } from '../resolve/resolved.ts';
import { nounOf } from './missing.ts';

/**
 * Returns a warning for each entry that looks renamed: it is new, and one that the nodes know is missing, is in the
 * same mapping and is alike. There is none if several are alike. What is in a renamed entry is renamed with it.
 * @param missing see `missingEntries`
 */
export function renamedWarnings(
  resolved: ResolvedTopology,
  held: readonly HeldEntry[],
  missing: readonly HeldEntry[],
): readonly Diagnostic[] {
  if (missing.length === 0) return [];
  const known = new Set(held.map(({ id }) => id));
  /** The new paths of entries that look renamed, by their old ones. */
  const moved = new Map<string, string>();
  const fresh = resolved.derivedIds.filter(({ id }) => !known.has(id));
  const diagnostics: Diagnostic[] = [];
  // An entry comes before what is in it.
  for (const depth of [2, 4]) {
    const before = grouped(
      missing.filter(({ path }) => path.length === depth),
      ({ path, likeness }) => [...mappingOf(path, moved), likeness],
    );
    const after = grouped(
      fresh.filter(({ path }) => path.length === depth),
      ({ path, original }) => [...mappingOf(original), likenessOf(resolved, path) ?? ''],
    );
    for (const [traits, [old, anotherOld]] of before) {
      const [entry, another] = after.get(traits) ?? [];
      if (old === undefined || entry === undefined || anotherOld !== undefined || another !== undefined) continue;
      moved.set(textOf(old.path), textOf(entry.original));
      if (old.path.at(-1) !== entry.original.at(-1)) diagnostics.push(warning(entry, old));
    }
  }
  return diagnostics;
}

/** The mapping that an entry is in: a section, or the entry that has the mapping and the mapping's key. */
function mappingOf(path: readonly string[], moved: ReadonlyMap<string, string> = new Map()): readonly string[] {
  const [section = '', , mapping] = path;
  if (mapping === undefined) return [section];
  const parent = textOf(path.slice(0, 2));
  return [moved.get(parent) ?? parent, mapping];
}

function grouped<Entry>(
  entries: readonly Entry[],
  traitsOf: (entry: Entry) => readonly string[],
): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const traits = traitsOf(entry).join(' ');
    const group = groups.get(traits);
    if (group) group.push(entry);
    else groups.set(traits, [entry]);
  }
  return groups;
}

function warning({ origin: { path, range } }: DerivedId, { path: former }: HeldEntry): Diagnostic {
  const [key = '', mapping = ''] = [...former].reverse();
  return {
    code: 'NLP54',
    severity: 'warning',
    summary:
      `${path} looks like the ${nounOf(mapping)} ${key} under another key: ` +
      'the nodes have that one, and the file does not',
    ...(range && { range }),
    hint: `add \`renamed_from: ${key}\` to keep it; without that line it is deleted and a new one created`,
  };
}

/** Paths of the file as keys of a map: no key contains a slash. */
function textOf(path: readonly string[]): string {
  return path.join('/');
}
