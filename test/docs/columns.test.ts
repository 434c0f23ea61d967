import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { TRACKED } from './names.ts';

const COLUMNS = 120;

/** Files whose lines others decide: each pattern with the reason. */
const EXEMPT: readonly (readonly [files: RegExp, why: string])[] = [
  [/^(package-lock\.json|LICENSE)$/, 'written by npm; the text of the licence'],
  [/\.gen\.ts$|^docs\/(codes|commands)\.md$/, 'generated'],
  [/\.json$/, 'a string of JSON cannot be broken'],
  [/^test\/golden\/|__snapshots__\//, 'output of other programs'],
  [/^test\/codes\/files\//, 'faulty files: some are about long lines'],
];

/**
 * The numbers of the lines that are too long. Exempt are rows of Markdown tables, lines that a URL makes long, and
 * lines within a template literal: text of another program, such as rules of iptables, a script or YAML.
 */
function tooLong(file: string, text: string): number[] {
  const found: number[] = [];
  let inLiteral = false;
  for (const [index, line] of text.split('\n').entries()) {
    const isExempt = file.endsWith('.md') ? line.startsWith('|') : inLiteral;
    if (/\.(ts|mjs|js)$/.test(file) && opensOrCloses(line)) inLiteral = !inLiteral;
    if (!isExempt && !inLiteral && width(line) > COLUMNS) found.push(index + 1);
  }
  return found;
}

/** True if a template literal begins on a line of code and does not end there, or the other way round. */
function opensOrCloses(line: string): boolean {
  if (/^\s*(\*|\/\/|\/\*)/.test(line)) return false;
  const ticks = line.replaceAll(/\\./g, '').replaceAll(/'[^'`]*`[^'`]*'|\/[^/`]*`[^/`]*\//g, '');
  return (ticks.match(/`/g)?.length ?? 0) % 2 === 1;
}

function width(line: string): number {
  return line.replaceAll(/https?:\/\/\S+/g, '').length;
}

it(`no line is longer than ${String(COLUMNS)} columns`, () => {
  const files = TRACKED.filter((file) => !EXEMPT.some(([pattern]) => pattern.test(file)));
  const found = files.flatMap((file) =>
    tooLong(file, readFileSync(path.join(ROOT, file), 'utf8')).map((number) => `${file}:${String(number)}`),
  );
  expect(found).toEqual([]);
});

it('tables, URLs and text of other programs may be longer, prose and code may not', () => {
  const long = 'x'.repeat(COLUMNS + 1);
  expect(tooLong('a.md', `| ${long} |\nhttps://example.org/${long}\n${long}\n`)).toEqual([3]);
  expect(tooLong('a.ts', `| ${long} |\nhttps://example.org/${long}\n${'ü'.repeat(COLUMNS)}\n`)).toEqual([1]);
  expect(tooLong('a.ts', `f(\`${long}\n${long}\n${long}\`);\n// \`${long}\nf('${long}');\n`)).toEqual([4, 5]);
});
