import { IMPACTS, type Action, type FieldChange, type Impact } from '../../model/change.ts';
import { entriesOf, type AnyMeaning, type Costs, type FieldTable } from './table.ts';

/** What traffic feels as a table says: of an update as much as of its gravest field, of anything else what it costs. */
export function impactFrom<Spec>(
  table: FieldTable<Spec>,
  costs: Costs,
): (action: Action, fields: readonly FieldChange[]) => Impact {
  const meanings = new Map(entriesOf(table));
  return (action, fields) => {
    if (action !== 'update') return costs[action];
    const felt = fields.map((change) => IMPACTS.indexOf(feltOf(meanings, change.field, change)));
    return IMPACTS[Math.max(0, ...felt)] ?? 'none';
  };
}

/** `name` is that of the difference, within the fields of this table: `bridge`, `attributes.group`, `tap.up`. */
function feltOf(meanings: ReadonlyMap<string, AnyMeaning>, name: string, change: FieldChange): Impact {
  const [field = ''] = name.split('.', 1);
  const meaning = meanings.get(field);
  if (meaning === undefined || typeof meaning === 'string' || 'notCompared' in meaning) return 'none';
  if ('parts' in meaning) return feltOf(new Map(entriesOf(meaning.parts)), name.slice(field.length + 1), change);
  const { impact = 'none' } = meaning;
  return typeof impact === 'string' ? impact : impact(change);
}
