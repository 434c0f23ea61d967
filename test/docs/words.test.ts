import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { TRACKED } from './names.ts';

/** Words that need a key, and the standard word in their stead. The glossary of ARCHITECTURE.md has our own words. */
const INSTEAD: readonly (readonly [word: RegExp, use: string])[] = [
  [/\banew\b/i, 'again, or recreated'],
  [/\b(?:un|re)made\b|\bunmake/i, 'deleted, or recreated'],
  [/\b(?:somebody|everybody|whoever|strangers?)\b/i, 'the caller, the operator, a foreign object'],
  [/\btaken away\b/i, 'deleted'],
  [/\bgoes with\b/i, 'deleted with its container'],
  [/\bhalf-?born\b|\bcorpse/i, 'incomplete, a dead device'],
  [/\bat one stroke\b|\bin one stroke\b/i, 'atomically'],
  [/\bplaceOf\b|\bwaysOf\b/, 'the name of the value, such as locationOf'],
];

/** What people read and write: sources, programs, schemas, examples and pages. Not what is printed from them. */
const FILES = /^(?:src|scripts|schemas|topologies)\/|^docs\/(?!codes\.md)|^[A-Z]+\.md$/;

/** Returns the lines with such a word, each with the word to use. */
function found(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    INSTEAD.flatMap(([word, use]) => {
      const seen = word.exec(line)?.[0];
      return seen === undefined ? [] : [`${file}:${String(index + 1)}: ${seen} (use: ${use})`];
    }),
  );
}

it('the sources and pages use the standard words', () => {
  const files = TRACKED.filter((file) => FILES.test(file) && !file.endsWith('.gen.ts'));
  expect(files.flatMap((file) => found(file, readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

it('a word that needs a key is named with the one to use', () => {
  expect(found('a.ts', '// fine\n// The bridge is made.\n// It is made anew.')).toEqual([
    'a.ts:3: anew (use: again, or recreated)',
  ]);
});
