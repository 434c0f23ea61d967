import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { unifiedDiff } from '../plan/unified.ts';
import { hideUserData } from '../user-data.ts';

/**
 * Returns what a command changes in a file, as a unified diff that hides user data.
 * @param what the file is afterwards: `formatted`
 */
export function renderFileDiff(file: string, before: string, after: string, what: string, colours: Paint): string {
  const name = clean(file);
  const head = [`--- ${name}`, `+++ ${name} (${what})`].map((line) => colours.bold(line));
  const [from = [], to = []] = [before, after].map((text) => hideUserData(text.split('\n')));
  return [...head, ...unifiedDiff(from, to, colours), ''].join('\n');
}
