import { asText } from '../../kinds/words.ts';
import { clean } from '../clean.ts';

/** Returns a value as text for people. `undefined` and `null` become `(none)`. */
export function formatValue(value: unknown): string {
  return clean(asText(value));
}

/**
 * Returns the lines of a value that is shown as a diff: a list of strings (rules) or a text of several lines (a file).
 */
export function linesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value === '' ? [] : value.replace(/\n$/, '').split('\n');
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  return undefined;
}
