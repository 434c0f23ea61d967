import type { FieldChange } from '../../model/change.ts';
import type { Kind } from '../../model/kind.ts';
import { comparing } from './compare.ts';
import { impactFrom } from './impact.ts';
import type { ActionImpacts, FieldTable } from './table.ts';

/** Returns the comparison and the impact of a kind, derived from one table of what a difference in each field means. */
export function meaningOf<Spec extends object>(
  fields: FieldTable<Spec>,
  impacts: ActionImpacts,
): Pick<Kind<Spec>, 'compare' | 'impact'> {
  return { compare: comparing(fields), impact: impactFrom(fields, impacts) };
}

/** Returns the difference of this name, if it is among them. */
export function changed(fields: readonly FieldChange[], field: string): FieldChange | undefined {
  return fields.find((change) => change.field === field);
}
