import { readFileSync } from 'node:fs';

/**
 * Returns the text of a program that runs on nodes, or of a file that belongs to one. The file is beside the module
 * that sends it, and the argument is always written as `new URL('./NAME', import.meta.url)`: the build replaces the
 * call by the text (scripts/lib/bundle.mjs).
 */
export function programText(file: URL): string {
  return readFileSync(file, 'utf8');
}
