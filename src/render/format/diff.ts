import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { unifiedDiff } from '../plan/unified.ts';

/** Returns what formatting changes in a file, as a unified diff. */
export function renderFormatDiff(file: string, before: string, after: string, colours: Paint): string {
  const name = clean(file);
  const head = [`--- ${name}`, `+++ ${name} (formatted)`].map((line) => colours.bold(line));
  return [...head, ...unifiedDiff(before.split('\n'), after.split('\n'), colours), ''].join('\n');
}
