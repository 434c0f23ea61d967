import type { FieldChange } from '../model/change.ts';

/** Nearly every object is as wanted. */
const NO_CHANGE: readonly never[] = [];

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  // Lists of words, such as rules, need not become texts first.
  return (Array.isArray(a) && Array.isArray(b) && sameItems(a, b)) || JSON.stringify(a) === JSON.stringify(b);
}

/** The named fields of a spec that differ. A field the desired spec leaves undefined is not ours to say. */
export function compareFields<Spec extends object>(
  desired: Spec,
  observed: Spec,
  fields: Partial<Record<keyof Spec & string, 'update' | 'replace'>>,
): readonly FieldChange[] {
  let changes: FieldChange[] | undefined;
  for (const name in fields) {
    const field = name as keyof Spec & string;
    const to = desired[field];
    const from = observed[field];
    if (to === undefined || equal(from, to)) continue;
    changes ??= [];
    changes.push({ field, from, to, ...(fields[field] === 'replace' && { replace: true }) });
  }
  return changes ?? NO_CHANGE;
}

type Attributes = Readonly<Record<string, string>>;

/** The attributes that differ, as fields `PREFIX.NAME`; `undefined` stands for the value of a new link. */
export function compareAttributes(prefix: string, desired: Attributes, observed: Attributes): readonly FieldChange[] {
  const names = new Set<string>();
  for (const name in desired) if (desired[name] !== observed[name]) names.add(name);
  for (const name in observed) if (desired[name] !== observed[name]) names.add(name);
  if (names.size === 0) return NO_CHANGE;
  return [...names].sort().map((name) => ({ field: `${prefix}.${name}`, from: observed[name], to: desired[name] }));
}

/** The field change of this name, if it is among them. */
export function changed(fields: readonly FieldChange[], field: string): FieldChange | undefined {
  return fields.find((change) => change.field === field);
}
