import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { TRACKED } from './names.ts';

const COLUMNS = 120;

/** Files whose lines others decide: each pattern with the reason. */
const EXEMPT: readonly (readonly [files: RegExp, why: string])[] = [
  [/^(package-lock\.json|LICENSE)$/, 'written by npm; the text of the licence'],
  [/\.gen\.ts$|^docs\/(codes|commands)\.md$/, 'generated'],
  [/\.svg$/, 'an image'],
  [/\.json$/, 'a string of JSON cannot be broken'],
  [/^test\/golden\/|__snapshots__\//, 'output of other programs'],
  [/\.png$/, 'a picture'],
  [/^test\/codes\/files\//, 'faulty files: some are about long lines'],
];

/**
 * The numbers of the lines that are too long. Exempt are rows of Markdown tables, lines that a URL makes long, and the
 * lines of a template literal of several lines: text of another program, such as rules of iptables, a script or YAML.
 */
function tooLong(file: string, text: string): number[] {
  const long = text.split('\n').flatMap((line, index) => {
    const isRow = file.endsWith('.md') && line.startsWith('|');
    return !isRow && width(line) > COLUMNS ? [index + 1] : [];
  });
  if (long.length === 0 || !/\.(ts|mjs|js)$/.test(file)) return long;
  const literals = literalsOf(text);
  return long.filter((line) => !literals.some(([first, last]) => first <= line && line <= last));
}

/** Returns the first and the last line of each template literal of several lines. */
function literalsOf(text: string): [first: number, last: number][] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  const found: [number, number][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.getEnd())];
      if (last > first) found.push([first, last]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
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
