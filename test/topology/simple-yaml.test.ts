import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readSimple } from '../../src/topology/yaml/simple/read.ts';
import { largeTopology } from '../../scripts/bench/large-topology.mjs';
import { topologyTexts } from '../arbitraries/topology.ts';
import { assertAlike, changedTexts, TEXTS } from './simple-yaml.ts';

describe('a text that is read as a simple one is the same for the parser of all YAML', () => {
  test('every topology of the repository; most are simple', () => {
    expect(TEXTS.filter(assertAlike).length).toBeGreaterThan(TEXTS.length / 2);
  });

  test('the large topologies that are measured, and what other programs write', () => {
    const large = largeTopology(20, 3);
    const doc = parse(large) as unknown;
    const styles = [{}, { indent: 4 }, { indentSeq: false }, { defaultStringType: 'QUOTE_SINGLE' }] as const;
    const texts = [large, JSON.stringify(doc), JSON.stringify(doc, null, 2), ...styles.map((s) => stringify(doc, s))];
    expect(texts.map(assertAlike)).toEqual(texts.map(() => true));
  });

  test('changed texts', () => {
    const short = TEXTS.filter((text) => text.length < 2000);
    fc.assert(fc.property(changedTexts(fc.constantFrom(...short)), assertsAlike), { numRuns: 150 });
    fc.assert(fc.property(changedTexts(topologyTexts()), assertsAlike), { numRuns: 30 });
  });
});

test.each([
  ['an anchor', 'a: &b 1'],
  ['an alias', 'a: *b'],
  ['a tag', 'a: !x 1'],
  ['a merge key', '<<: {a: 1}'],
  ['a block scalar', 'a: |\n  text'],
  ['a scalar of two lines', 'a: one\n  two'],
  ['a key twice', 'a: 1\na: 2'],
  ['a key that is a number', '1: a'],
  ['a tab', 'a:\t1'],
  ['two documents', 'a: 1\n---\nb: 2'],
  ['a bracket that is not closed', 'a: [1'],
  ['a template', 'a: {{ b }}'],
  ['a comment that may belong to a value', 'a:\n  b: 1\n  # c\nd: 1'],
  ['a non-breaking space', 'a: 1\u00a0'],
  ['a deep text', `a: ${'['.repeat(200)}${']'.repeat(200)}`],
  ['an escape', 'a: "\\n"'],
  ['a comment without a blank behind a bracket', 'a: {}#'],
  ['a comment without a blank behind a quotation mark', 'a: "b"# c'],
  ['a comment without a blank behind a colon', 'a:# c\n  b: 1'],
  ['a comment without a blank behind a comma', 'a: [1,# c\n  2]'],
])('%s is not simple', (_, text) => {
  expect(readSimple(text)).toBeUndefined();
});

function assertsAlike(text: string): void {
  assertAlike(text);
}
