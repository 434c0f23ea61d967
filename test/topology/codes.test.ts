import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../src/model/codes/registry.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { CASES } from './cases/index.ts';
import { BASE, expectOnly } from './support.ts';

/** Codes that no short text can show; each has a test of its own. */
const ELSEWHERE = [
  ...['NL001', 'NL002', 'NL003', 'NL004', 'NL015', 'NL309'],
  // See limits.test.ts.
  ...['NL024', 'NL025'],
  // Errors about other files than the main one: see include.test.ts and open-folder.test.ts.
  ...['NL005', 'NL006', 'NL007', 'NL008', 'NL009', 'NL022', 'NL023'],
];

test('the base has no diagnostic', () => {
  expect(loadTopology(BASE, 'base.yaml').diagnostics).toEqual([]);
});

test('every code has a case', () => {
  const covered = new Set([...CASES.map(([code]) => code), ...ELSEWHERE]);
  const codes = FAMILIES.flatMap((family) => Object.keys(family.codes)).filter((code) => /^NL\d/.test(code));
  expect(codes.filter((code) => !covered.has(code))).toEqual([]);
});

describe('one error has one diagnostic, at its location', () => {
  test.each(CASES)('%s %s', (code, _what, text) => {
    const diagnostic = expectOnly(code, text);
    expect(diagnostic.summary).not.toMatch(/\.$|\n/);
  });
});
