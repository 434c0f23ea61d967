import type { FieldChange } from '../../model/change.ts';

function equal(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** The named fields of a spec that differ. A field the desired spec leaves undefined is not ours to say. */
export function compareFields<Spec extends object>(
  desired: Spec,
  observed: Spec,
  fields: Partial<Record<keyof Spec & string, 'update' | 'replace'>>,
): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const field of Object.keys(fields) as (keyof Spec & string)[]) {
    const to = desired[field];
    const from = observed[field];
    if (to === undefined || equal(from, to)) continue;
    changes.push({ field, from, to, ...(fields[field] === 'replace' && { replace: true }) });
  }
  return changes;
}

/** The attributes that differ, as fields `PREFIX.NAME`; `undefined` stands for the value of a new link. */
export function compareAttributes(
  prefix: string,
  desired: Readonly<Record<string, string>>,
  observed: Readonly<Record<string, string>>,
): FieldChange[] {
  const names = [...new Set([...Object.keys(desired), ...Object.keys(observed)])].sort();
  return names
    .filter((name) => desired[name] !== observed[name])
    .map((name) => ({ field: `${prefix}.${name}`, from: observed[name], to: desired[name] }));
}

/** The field change of this name, if it is among them. */
export function changed(fields: readonly FieldChange[], field: string): FieldChange | undefined {
  return fields.find((change) => change.field === field);
}
