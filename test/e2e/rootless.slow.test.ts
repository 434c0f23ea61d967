import { readdirSync } from 'node:fs';
import { againAsOrdinaryUser } from './support/rootless-files.ts';

/** Slow test files that an ordinary user can run too. */
const LONG = [
  'examples.slow.test.ts',
  'json-outputs.slow.test.ts',
  'paired/borrow-nic.both.slow.test.ts',
  'paired/documentation.slow.test.ts',
  'paired/foreign.both.slow.test.ts',
];

/** All everyday test files but the one that `rootless.test.ts` runs, and some more. */
const files = readdirSync(new URL('.', import.meta.url), { encoding: 'utf8', recursive: true }).filter(
  (name) =>
    LONG.includes(name) ||
    (name.endsWith('.test.ts') &&
      !name.endsWith('.slow.test.ts') &&
      !['rootless.test.ts', 'seed.test.ts'].includes(name)),
);

againAsOrdinaryUser(files);
