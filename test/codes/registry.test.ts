import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAMILIES } from '../../src/model/codes/registry.ts';

const ALL = FAMILIES.flatMap(({ codes }) => Object.entries(codes));

test('no code stands twice, and every one has a sentence', () => {
  expect(new Set(ALL.map(([code]) => code)).size).toBe(ALL.length);
  for (const [code, [, sentence]] of ALL) expect(sentence, code).toMatch(/^(?:[A-Z`]|netloom )[^\n]*[^.]\.$/);
});

test('something in src emits every code', () => {
  const src = new URL('../../src/', import.meta.url).pathname;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('model/codes/'),
  );
  const text = files.map((name) => readFileSync(join(src, name), 'utf8')).join('\n');
  const emitted = new Set(text.match(/(?<=['[])NL[A-Z]?\d+(?=['\]])/g));
  expect(ALL.map(([code]) => code).filter((code) => !emitted.has(code))).toEqual([]);
});
