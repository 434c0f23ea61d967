import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Family } from '../../src/model/codes/family.ts';
import { FAMILIES, type Code } from '../../src/model/codes/registry.ts';
import { EXAMPLES } from './examples/index.ts';
import { commandsIn, hintsIn, parse, proseOf, verbs } from './hints.ts';
import { codesPage } from './page.ts';

const ROOT = new URL('../../', import.meta.url);
const ALL_FAMILIES: readonly Family[] = FAMILIES;
const MEANINGS = ALL_FAMILIES.flatMap(({ codes }) => Object.entries(codes));
const PRINTED = new Map<string, string>();

beforeAll(async () => {
  // One after the other: some of them change the environment of the process.
  for (const [code, example] of Object.entries(EXAMPLES)) {
    if ('print' in example) PRINTED.set(code, await example.print());
  }
}, 60_000);

test('every code is registered once, and has a sentence', () => {
  expect(new Set(MEANINGS.map(([code]) => code)).size).toBe(MEANINGS.length);
  for (const [code, [, sentence]] of MEANINGS) expect(sentence, code).toMatch(/^(?:[A-Z`]|netloom )[^\n]*[^.]\.$/);
});

test('every example is of a registered code', () => {
  const registered = new Set(MEANINGS.map(([code]) => code));
  expect(Object.keys(EXAMPLES).filter((code) => !registered.has(code))).toEqual([]);
});

describe('each code has an example, which netloom prints with this code alone', () => {
  test.each(MEANINGS)('%s', (code, [severity]) => {
    const example = EXAMPLES[code as Code];
    if (example !== undefined && 'none' in example) {
      expect(readFileSync(new URL(example.provedBy, ROOT), 'utf8')).toContain(code);
      return;
    }
    const said = [...(PRINTED.get(code) ?? '').matchAll(/(\w+)\[(NL[A-Z]?\d+)\]: /g)];
    expect([...new Set(said.map(([, , each]) => each))]).toEqual([code]);
    for (const [, each = ''] of said) expect(severity.split(' or ')).toContain(each);
  });
});

test('a netloom command in a hint is whole and can be typed', async () => {
  const verb = new RegExp(`\\bnetloom (?:${verbs().join('|')})\\b`);
  const hints = [...PRINTED.values()].flatMap(hintsIn);
  expect(hints.map(proseOf).filter((prose) => verb.test(prose))).toEqual([]);
  const commands = hints.flatMap(commandsIn);
  expect(commands).toContain("netloom lab up 'my example.yaml'");
  expect(commands.filter((command) => /\b(?:FILE|NAME|NODE)\b/.test(command))).toEqual([]);
  for (const command of commands) expect(await parse(command), command).toBe('parsed');
});

test('docs/codes.md shows what the examples print', async () => {
  const page = codesPage(ALL_FAMILIES, EXAMPLES, PRINTED);
  await expect(page, 'run `npm run generate`').toMatchFileSnapshot('../../docs/codes.md');
});
