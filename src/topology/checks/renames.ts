import type { Diagnostic } from '../../model/diagnostic.ts';
import { nameSets } from '../renames.ts';
import type { NamedEntry, NameSet } from '../renames.ts';
import { show } from '../show.ts';
import type { CheckContext } from './context.ts';

/** The security group that exists without an entry. */
const DEFAULT_GROUP = 'default';

/** Checks `renamed_from`: each former key belongs to one entry, as ids are derived from it. */
export function checkRenames(t: CheckContext): Diagnostic[] {
  return nameSets(t.doc).flatMap((names) => checkSet(t, names));
}

function checkSet(t: CheckContext, { noun, entries }: NameSet): Diagnostic[] {
  if (entries.every(({ renamedFrom }) => renamedFrom === undefined)) return [];
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const claimed = new Map<string, NamedEntry>();
  return entries.flatMap((entry) => {
    const { key, renamedFrom: old } = entry;
    if (old === undefined) return [];
    const at = { path: [...entry.path, 'renamed_from'] };
    if (old === key) {
      const hint = 'write the key that it had before, or delete the line';
      return [t.report('NL620', at, `${noun} ${show(key)} is renamed from itself`, { hint })];
    }
    const other = claimed.get(old);
    if (other !== undefined) {
      const summary = `${noun} ${show(key)} and ${noun} ${show(other.key)} are both renamed from ${show(old)}`;
      const related = [{ message: 'the other one', at: { path: [...other.path, 'renamed_from'] } }];
      return [t.report('NL622', at, summary, { related, hint: 'one entry was created under a key; delete one line' })];
    }
    claimed.set(old, entry);
    return isKept(byKey.get(old)) || (old === DEFAULT_GROUP && noun === 'security group' && !byKey.has(old))
      ? [stillExists(t, noun, entry, byKey.get(old))]
      : [];
  });
}

/** True if an entry has had its key from the beginning. An entry that was renamed itself gives its present key free. */
function isKept(entry: NamedEntry | undefined): boolean {
  return entry !== undefined && (entry.renamedFrom === undefined || entry.renamedFrom === entry.key);
}

function stillExists(t: CheckContext, noun: string, entry: NamedEntry, other: NamedEntry | undefined): Diagnostic {
  const { key, renamedFrom: old = '' } = entry;
  const summary = `${noun} ${show(key)} is renamed from ${show(old)}, which still exists`;
  const related = other && [{ message: 'it is here', at: { path: other.path, part: 'key' } as const }];
  return t.report('NL621', { path: [...entry.path, 'renamed_from'] }, summary, {
    ...(related && { related }),
    hint: other
      ? `delete \`renamed_from\`, or the entry ${old}; for a swap of two names, ${old} has a \`renamed_from\` too`
      : 'the group `default` always exists; delete `renamed_from`',
  });
}
