import { kindOf } from '../kinds/registry.ts';
import { NODE_AND_FILE, type Change, type FieldChange } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { addressOf, kindWord, type Observed, type Resource } from '../model/resource.ts';

/**
 * Compares a desired object with the observed one at its address. Returns a change, a conflict, or nothing.
 * @param isCreated a run of ours created it, so it is ours even without a mark
 */
export function compareOne(
  resource: Resource,
  seen: Observed | undefined,
  { from, to } = NODE_AND_FILE,
  isCreated = false,
): Change | Diagnostic | undefined {
  const kind = kindOf(resource.kind);
  if (!seen) {
    const reason = `${to}, not ${from}`;
    return changeOf(resource, { action: 'create', reason, impact: kind.impact('create', []), fields: [] });
  }
  if (seen.owner !== 'ours' && !isCreated && kind.foreign !== 'borrowed' && seen.disturbs === undefined) {
    if (kind.foreign === 'suffices') return undefined;
    const adopted =
      seen.owner === 'foreign' && (seen.adoptable === true || kind.recognises?.(resource.spec, seen) === true);
    if (!adopted) return conflict(resource, seen);
  }
  if (seen.incomplete !== undefined) {
    const reason = seen.incomplete;
    return changeOf(resource, { observed: seen, action: 'replace', reason, impact: 'recreate', fields: [] });
  }
  const fields = kind.compare(resource.spec, seen.spec);
  if (fields.length === 0) return undefined;
  const replaced = fields.filter((field) => field.replace);
  const action = replaced.length > 0 ? 'replace' : 'update';
  const reason = replaced.length > 0 ? `${names(replaced)} can't be changed in place` : differing(names(fields));
  return changeOf(resource, { observed: seen, action, reason, impact: kind.impact(action, fields), fields });
}

/** Returns a change that creates or updates a desired object. */
export function changeOf(
  desired: Resource,
  what: Pick<Change, 'action' | 'reason' | 'impact' | 'fields' | 'observed'>,
): Change {
  const { node, netns, kind, name, origin } = desired;
  return { node, netns, kind, name, address: addressOf(desired), origin, desired, ...what };
}

function names(fields: readonly FieldChange[]): string {
  return fields.map(({ field }) => field).join(', ');
}

function differing(fields: string): string {
  return /s$|, /.test(fields) ? `${fields} differ` : `${fields} differs`;
}

function conflict(resource: Resource, seen: Observed): Diagnostic {
  const problem = typeof seen.owner === 'object' ? `belongs to topology ${seen.owner.topology}` : 'is not ours';
  return {
    code: 'NLP10',
    severity: 'error',
    summary: `${kindWord(resource.kind)} ${resource.name} on ${resource.node} ${problem}`,
    detail:
      'It carries no mark of this topology, so netloom neither changes nor deletes it, but the topology needs its ' +
      'name.',
    ...(resource.origin.range && { range: resource.origin.range }),
    place: { node: resource.node, ...(resource.netns !== null && { netns: resource.netns }) },
    hint: 'remove it by hand, or give the object in the file another id or name',
  };
}
