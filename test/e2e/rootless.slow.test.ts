import { readdirSync } from 'node:fs';
import { againAsOrdinaryUser } from './support/rootless-files.ts';

/** Too long for every day, and an ordinary user's business all the same. */
const LONG = ['paired/borrow-nic.both.slow.test.ts', 'paired/foreign.both.slow.test.ts'];

/** All the everyday ones but the one that everyday runs itself, and some more. */
const files = readdirSync(new URL('.', import.meta.url), { encoding: 'utf8', recursive: true }).filter(
  (name) =>
    LONG.includes(name) ||
    (name.endsWith('.test.ts') &&
      !name.endsWith('.slow.test.ts') &&
      !['rootless.test.ts', 'seed.test.ts'].includes(name)),
);

againAsOrdinaryUser(files);
