import type { HeldEntry } from '../features/held/entries.ts';
import { addressWords } from '../features/held/words.ts';
import type { Held } from '../model/held.ts';
import type { Subject } from '../model/subject.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import { missingEntries, nounOf } from './missing.ts';

/**
 * Returns a subject for each entry that the nodes know and the file no longer has, so that a plan can name what it
 * deletes. An entry in another one that is missing too belongs to that.
 */
export function removedSubjects(
  resolved: ResolvedTopology,
  { entries, ports }: { readonly entries: readonly HeldEntry[]; readonly ports: Held['ports'] },
): readonly Subject[] {
  const missing = missingEntries(resolved, entries);
  const tops = new Set(missing.filter(({ path }) => path.length === TOP).map(({ path }) => path.join('/')));
  const parts = new Map<string, HeldEntry[]>();
  for (const entry of missing) {
    const top = entry.path.slice(0, TOP);
    const key = (tops.has(top.join('/')) ? top : entry.path).join('/');
    const known = parts.get(key);
    if (known) known.push(entry);
    else parts.set(key, [entry]);
  }
  return [...parts].map(([key, all]): Subject => {
    const [section = '', name = '', mapping, inner] = key.split('/');
    const outer = `${nounOf(section)} ${name}`;
    return {
      origin: { path: `${key.replaceAll('/', '.')}[removed]` },
      ...(mapping === undefined || inner === undefined
        ? { type: nounOf(section), name }
        : { type: nounOf(mapping), name: `${inner} of ${outer}` }),
      details: 'no longer in the file',
      ids: all.map(({ id }) => id),
      removed: { words: all.flatMap(({ id }) => (ports.get(id)?.addresses ?? []).flatMap(addressWords)) },
    };
  });
}

/** The number of keys above an entry of a section: `instances/vm1`. */
const TOP = 2;
