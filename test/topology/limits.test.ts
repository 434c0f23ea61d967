import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTopology, type Loaded } from '../../src/topology/load.ts';
import { lines, places } from './support.ts';

function load(text: string): Loaded {
  return loadTopology(text, 'topology.yaml');
}

const SEED = readFileSync(new URL('../../topologies/linuxbridge-flat.yaml', import.meta.url), 'utf8');

/** What makes a text unreadable, by chance or on purpose. */
const DAMAGE = fc.record({
  at: fc.nat({ max: SEED.length }),
  cut: fc.nat({ max: 20 }),
  insert: fc.constantFrom(
    '}',
    ']',
    '{',
    '[',
    ': ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '\t',
    '- ',
    '\r\n',
    '\n\n',
    '---\n',
    '&a ',
    '#',
  ),
});

function damaged(text: string, { at, cut, insert }: { at: number; cut: number; insert: string }): string {
  return text.slice(0, at) + insert + text.slice(at + cut);
}

describe('one mistake gives one error', () => {
  test('what follows a token that fits nowhere is not read', () => {
    const text = lines(
      'name: x',
      'nodes:',
      '  n1: { roles: [network] }}',
      '  n2: { roles: [compute] }',
      '  n3: { roles: [compute] }',
      'bogus: 1',
    );
    expect(places(load(text).diagnostics)).toEqual(['NL010 3:27']);
  });

  test('an error before that token is reported too', () => {
    const text = lines('name: x', 'a: &x &y 1', 'b: }', 'c: }');
    const found = places(load(text).diagnostics);
    expect(found.at(-1)).toBe('NL010 3:4');
    expect(found.length).toBeGreaterThan(1);
  });

  test('a hundred thousand closing braces are one error', () => {
    expect(places(load(`name: x\n${'}'.repeat(100_000)}\n`).diagnostics)).toEqual(['NL010 2:1']);
  });
});

describe('at most 20 problems are reported', () => {
  const keys = Array.from({ length: 30 }, (_, i) => `key${String(i)}: 1`);

  test.each([
    ['unknown keys', lines('name: x', ...keys), 'NL101'],
    ['Unicode spaces', lines('name: x', ...keys.map((key) => `${key}\u00a0`)), 'NL012'],
    ['unknown directives', lines(...keys.map((_, i) => `%A${String(i)}`), '---', 'name: x'), 'NL010'],
    ['keys that are no strings', lines('name: x', ...keys.map((_, i) => `${String(i)}: 1`)), 'NL018'],
    ['duplicate keys', lines('name: x', ...keys.map(() => 'name: x')), 'NL013'],
  ])('%s', (_, text, code) => {
    const { diagnostics, topology } = load(text);
    expect(topology).toBeUndefined();
    expect(diagnostics.map((found) => found.code)).toEqual([...Array<string>(20).fill(code), 'NL025']);
    const ranges = diagnostics.slice(0, 20).map(({ range }) => range?.start.offset);
    expect(ranges).toEqual([...ranges].sort((a, b) => (a ?? 0) - (b ?? 0)));
  });

  test('20 are all reported, without a note', () => {
    expect(load(lines('name: x', ...keys.slice(0, 20))).diagnostics.map(({ code }) => code)).not.toContain('NL025');
  });

  test('an error is reported even if 20 warnings come before it', () => {
    const flat = keys.map((_, i) => `  p${String(i)}: {}`);
    const { diagnostics } = load(lines('name: x', 'physical_networks:', ...flat, 'zzz: 1'));
    expect(diagnostics.map(({ code }) => code)).toContain('NL101');
  });
});

describe('positions', () => {
  test('are those of the text, whatever is wrong in it', () => {
    fc.assert(
      fc.property(fc.array(DAMAGE, { minLength: 1, maxLength: 3 }), fc.boolean(), (damages, dos) => {
        const base = dos ? SEED.replaceAll('\n', '\r\n') : SEED;
        const text = damages.reduce(damaged, base);
        const { diagnostics } = load(text);
        expect(diagnostics.length).toBeLessThanOrEqual(21);
        for (const { range } of diagnostics) {
          for (const { line, column, offset } of range ? [range.start, range.end] : []) {
            const before = text.slice(0, offset).split('\n');
            expect([line, column]).toEqual([before.length, (before.at(-1) ?? '').length + 1]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('large texts are refused', () => {
  test.each([
    ['a flow list of 1 MB', `name: x\nnodes: [${'a,'.repeat(500_000)}a]\n`],
    [
      'a flow mapping of 1 MB',
      `name: x\nnodes: {${Array.from({ length: 160_000 }, (_, i) => `a${String(i)}:,`).join('')}}\n`,
    ],
    ['8 MB of comments', `name: x\n${'#\n'.repeat(4_000_000)}`],
    ['8 MB of empty lines', `name: x\n${'\n'.repeat(8_000_000)}`],
    ['8 MB of documents', '---\n'.repeat(2_000_000)],
    ['a block list of 150,001 entries', `name: x\nnodes:\n${'- a\n'.repeat(150_002)}`],
  ])('%s', (_, text) => {
    expect(load(text).diagnostics.map(({ code }) => code)).toEqual(['NL024']);
  });

  test('a list of 150,000 entries and 100,000 lines of comments are read', () => {
    const { diagnostics } = load(`name: x\n${'# a comment\n'.repeat(100_000)}nodes:\n${'- a\n'.repeat(150_000)}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['NL103']);
  });
});
