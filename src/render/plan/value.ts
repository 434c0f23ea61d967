import { clean } from '../clean.ts';

/** A value as one piece of text for people. `undefined` and `null` read `(none)`. */
export function formatValue(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (typeof value === 'string') return value === '' ? '""' : clean(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(formatValue).join(', ');
  if (typeof value === 'object') {
    const pairs = facts(value);
    return pairs.length === 0 ? '(none)' : pairs.map(([key, text]) => `${key} ${text}`).join(', ');
  }
  return clean(JSON.stringify(value));
}

/** The facts of an object as `[name, text]`, nested ones as `a.b`; what is absent, empty or false is left out. */
export function facts(spec: unknown, prefix = ''): readonly (readonly [string, string])[] {
  if (spec === null || typeof spec !== 'object') return [];
  return Object.entries(spec).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + clean(key);
    if (value === undefined || value === null || value === '' || value === false) return [];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, formatValue(value)] as const];
    if (typeof value === 'object') return facts(value, `${name}.`);
    return [[name, formatValue(value)] as const];
  });
}

/** The lines of a value that is best shown as a diff: a list of strings (rules) or a text of several lines (a file). */
export function linesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value === '' ? [] : value.replace(/\n$/, '').split('\n');
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  return undefined;
}
