import { kindOf } from '../kinds/registry.ts';
import type { Change, FieldChange } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { addressOf, kindWord, type Observed, type Resource } from '../model/resource.ts';

/** What a wanted object and what stands in its place come to: a change, a conflict, or nothing. */
export function compareOne(resource: Resource, seen: Observed | undefined): Change | Diagnostic | undefined {
  const kind = kindOf(resource.kind);
  if (!seen) {
    const reason = 'in the file, not on the node';
    return changeOf(resource, { action: 'create', reason, impact: kind.impact('create', []), fields: [] });
  }
  if (seen.owner !== 'ours' && kind.foreign !== 'borrowed') {
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
  const anew = fields.filter((field) => field.replace);
  const action = anew.length > 0 ? 'replace' : 'update';
  const reason =
    anew.length > 0 ? `${names(anew)} can't be altered in place` : `on the node, but with another ${names(fields)}`;
  return changeOf(resource, { observed: seen, action, reason, impact: kind.impact(action, fields), fields });
}

/** A change that makes or alters a wanted object. */
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

function conflict(resource: Resource, seen: Observed): Diagnostic {
  const whose = typeof seen.owner === 'object' ? `topology ${seen.owner.topology}` : 'somebody else';
  return {
    code: 'NLP10',
    severity: 'error',
    summary: `${kindWord(resource.kind)} ${resource.name} on ${resource.node} belongs to ${whose}`,
    detail:
      'It carries no mark of this topology, so netloom neither alters nor deletes it, and it stands where one of ours should.',
    ...(resource.origin.range && { range: resource.origin.range }),
    place: { node: resource.node, ...(resource.netns !== null && { netns: resource.netns }) },
    hint: 'remove it by hand, or give the object in the file another id or name',
  };
}
