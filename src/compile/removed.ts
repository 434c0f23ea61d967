import type { HeldEntry } from '../features/held/entries.ts';
import { addressWords } from '../features/held/words.ts';
import type { Held } from '../model/held.ts';
import type { Subject } from '../model/subject.ts';
import { nounOf } from './missing.ts';

/**
 * Returns a subject for each entry that the nodes know and the file no longer has, so that a plan can name what it
 * deletes. An entry in another one that is missing too belongs to that.
 * @param missing see `missingEntries`
 * @param ports what the files on the nodes list of every port
 */
export function removedSubjects(missing: readonly HeldEntry[], ports: Held['ports']): readonly Subject[] {
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
