import { readdirSync } from 'node:fs';
import { againAsOrdinaryUser } from './support/rootless-files.ts';

/** All the everyday ones but the one that everyday runs itself. */
const files = readdirSync(new URL('.', import.meta.url)).filter(
  (name) =>
    name.endsWith('.test.ts') &&
    !name.endsWith('.slow.test.ts') &&
    !['rootless.test.ts', 'seed.test.ts'].includes(name),
);

againAsOrdinaryUser(files);
