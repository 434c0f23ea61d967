import { expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { BASE, places } from './support.ts';

/** Each key of the base that the schema defines, as the offset of its first letter. Names are the user's. */
const KEYS = [...BASE.matchAll(/(?<=^ *|[{,] )([a-z_]{4,})(?=:)/gm)]
  .filter(([, key]) => !['inner', 'outer', 'lan-subnet'].includes(key ?? ''))
  .map((match) => ({ key: match[1] ?? '', at: match.index }));

test('a key with two letters swapped has one error, and its hint names the key', () => {
  expect(KEYS.length).toBeGreaterThan(50);
  for (const { key, at } of KEYS) {
    const wrong = key.slice(0, 2) + (key[3] ?? '') + (key[2] ?? '') + key.slice(4);
    if (wrong === key) continue;
    const { diagnostics } = loadTopology(BASE.slice(0, at) + wrong + BASE.slice(at + key.length), 't.yaml');
    const before = BASE.slice(0, at).split('\n');
    const where = `NL101 ${String(before.length)}:${String((before.at(-1) ?? '').length + 1)}`;
    expect(places(diagnostics), `${wrong} ${where}`).toEqual([where]);
    expect(diagnostics.find(({ code }) => code === 'NL101')?.hint).toBe(`did you mean "${key}"?`);
  }
});
