import { IMPACTS, type Action, type FieldChange, type Impact } from '../../model/change.ts';
import { entriesOf, type AnyMeaning, type ActionImpacts, type FieldTable } from './table.ts';

/**
 * Returns the impact of changes according to a table: of an update the worst of its fields, of any other action its
 * own.
 */
export function impactFrom<Spec>(
  table: FieldTable<Spec>,
  actionImpacts: ActionImpacts,
): (action: Action, fields: readonly FieldChange[]) => Impact {
  const meanings = new Map(entriesOf(table));
  return (action, fields) => {
    if (action !== 'update') return actionImpacts[action];
    const impacts = fields.map((change) => IMPACTS.indexOf(fieldImpact(meanings, change.field, change)));
    return IMPACTS[Math.max(0, ...impacts)] ?? 'none';
  };
}

/** `name` is the name of the difference within this table: `bridge`, `attributes.group`, `tap.up`. */
function fieldImpact(meanings: ReadonlyMap<string, AnyMeaning>, name: string, change: FieldChange): Impact {
  const [field = ''] = name.split('.', 1);
  const meaning = meanings.get(field);
  if (meaning === undefined || typeof meaning === 'string' || 'notCompared' in meaning) return 'none';
  if ('parts' in meaning) return fieldImpact(new Map(entriesOf(meaning.parts)), name.slice(field.length + 1), change);
  const { impact = 'none' } = meaning;
  return typeof impact === 'string' ? impact : impact(change);
}
