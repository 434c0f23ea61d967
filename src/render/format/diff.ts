import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { unifiedDiff } from '../plan/unified.ts';
import { hideUserData } from '../user-data.ts';

/** Returns what formatting changes in a file, as a unified diff that hides user data. */
export function renderFormatDiff(file: string, before: string, after: string, colours: Paint): string {
  const name = clean(file);
  const head = [`--- ${name}`, `+++ ${name} (formatted)`].map((line) => colours.bold(line));
  const [from = [], to = []] = [before, after].map((text) => hideUserData(text.split('\n')));
  return [...head, ...unifiedDiff(from, to, colours), ''].join('\n');
}
