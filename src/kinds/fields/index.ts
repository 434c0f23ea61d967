import type { FieldChange } from '../../model/change.ts';
import type { Kind } from '../../model/kind.ts';
import { comparing } from './compare.ts';
import { impactFrom } from './impact.ts';
import type { Costs, FieldTable } from './table.ts';

/** How objects of a kind are compared and what traffic feels of a change, by one table: it says what a difference in each field means. */
export function meaningOf<Spec extends object>(
  fields: FieldTable<Spec>,
  costs: Costs,
): Pick<Kind<Spec>, 'compare' | 'impact'> {
  return { compare: comparing(fields), impact: impactFrom(fields, costs) };
}

/** The difference of this name, if it is among them. */
export function changed(fields: readonly FieldChange[], field: string): FieldChange | undefined {
  return fields.find((change) => change.field === field);
}
