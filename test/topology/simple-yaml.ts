import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { parseAny } from '../../src/topology/yaml/parse.ts';
import { lineStartsOf } from '../../src/topology/yaml/lines.ts';
import { rangesOf } from '../../src/topology/yaml/places.ts';
import { simpleLocator } from '../../src/topology/yaml/simple/locate.ts';
import { readSimple } from '../../src/topology/yaml/simple/read.ts';

/** The texts of every YAML file of the repository that a topology can be. */
export const TEXTS: readonly string[] = ['topologies', 'test/e2e/cases', 'test/codes/files'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

/**
 * Asserts that a text which is read as a simple one has no error, the same content and the same positions for the
 * parser of all YAML. Returns whether it is simple.
 */
export function assertAlike(text: string): boolean {
  const simple = readSimple(text);
  if (simple === undefined) return false;
  const toRange = rangesOf('topology.yaml', text, lineStartsOf(text, 100_000));
  const { parsed, diagnostics } = parseAny(text, toRange, 100);
  expect(diagnostics, text).toEqual([]);
  expect(simple.root, text).toEqual(parsed?.root);
  const locate = simpleLocator(simple, toRange);
  for (const path of pathsOf(simple.root)) {
    for (const part of ['key', 'value'] as const) {
      const [own, other] = [locate(path, part), parsed?.locate(path, part)];
      if (JSON.stringify(own) !== JSON.stringify(other)) expect({ path, part, range: own }, text).toEqual(other);
    }
  }
  return true;
}

function* pathsOf(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** What is put into a text: all that has a meaning in YAML. */
const PIECES = [
  ...[' \n', '   \n', ':  \n', '\n\n'],
  ...['\n', ' ', '  ', '#', ' # c', '\n# c\n', '\n  # c\n', ': ', ':', '-', '- ', '? ', '\t', '\r', '---\n', '...\n'],
  ...['{', '}', '[', ']', ',', '"', "'", '\\', '&a ', '*a', '!x ', '<<: ', '|\n', '>\n', '%', '@', '`'],
  ...['null', '~', 'true', '0x1f', '0o17', '1.50', '1e3', '.nan', '::1', 'a: b', '\n  a: 1\n', 'é', '\u00a0', '😀'],
];

/** One of these texts, as it is or with some pieces put in or taken out. */
export function changedTexts(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 3 }),
    piece: fc.constantFrom('', ...PIECES),
  });
  return fc.tuple(texts, fc.array(change, { maxLength: 3 })).map(([text, changes]) =>
    changes.reduce((before, { at, remove, piece }) => {
      const offset = Math.floor(at * before.length);
      return before.slice(0, offset) + piece + before.slice(offset + remove);
    }, text),
  );
}
