import { readFileSync } from 'node:fs';

/**
 * The text of a program that runs on nodes, or of a file that goes with one. It stands beside the module that sends it,
 * and the argument is always `new URL('./NAME', import.meta.url)`, in these words: the build puts the text in place of
 * the call (scripts/lib/bundle.mjs).
 */
export function programText(file: URL): string {
  return readFileSync(file, 'utf8');
}
