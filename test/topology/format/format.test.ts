import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, Parser, stringify, type CST } from 'yaml';
import { formatYaml } from '../../../src/topology/format/format.ts';

/** Formats a text that can be formatted. */
function format(text: string): string {
  const formatted = formatYaml(text, 't.yaml');
  if ('diagnostics' in formatted) throw new Error(formatted.diagnostics.map(({ summary }) => summary).join('\n'));
  return formatted.text;
}

/** Every comment of a text, in order. */
function commentsOf(text: string): string[] {
  const found: string[] = [];
  const walk = (token: unknown): void => {
    if (Array.isArray(token)) token.forEach(walk);
    else if (typeof token === 'object' && token !== null) {
      const { type, source } = token as CST.SourceToken;
      if (type === 'comment') found.push(source.trimEnd());
      Object.values(token).forEach(walk);
    }
  };
  walk([...new Parser().parse(text)]);
  return found;
}

describe('changed', () => {
  test.each([
    ['indentation', 'a:\n      b:\n            c: 1\n', 'a:\n  b:\n    c: 1\n'],
    ['a list in a mapping', 'a:\n- b: 1\n  c: 2\n-   d\n', 'a:\n  - b: 1\n    c: 2\n  - d\n'],
    ['lists in lists', 'a:\n    -   - 1\n        - 2\n    -\n      - 3\n', 'a:\n  - - 1\n    - 2\n  -\n    - 3\n'],
    ['spacing', 'a:   {b:   1,c:    [ 1,2 ,3 ] }\nd  : []\ne: { }\n', 'a: { b: 1, c: [1, 2, 3] }\nd: []\ne: {}\n'],
    ['the end of lines and of the file', '\n\na: 1  \n\n\n\nb: 2\t\n\n', 'a: 1\n\nb: 2\n'],
    ['line ends of Windows', 'a: 1\r\nb: |\r\n    x\r\n', 'a: 1\nb: |\n  x\n'],
    ['text of several lines', 'a: |\n     one\n       two\n\n     three\n', 'a: |\n  one\n    two\n\n  three\n'],
    ['text that ends with spaces', 'a: |\n    x   \n       \n    \n', 'a: |\n  x   \n     \n'],
    ['text with an indent of its own', 'a:\n    b: |2\n         x\n', 'a:\n  b: |2\n       x\n'],
    ['folded text', 'a: one\n   two\n\n   three\nb: "x\n      y"\n', 'a: one\n  two\n\n  three\nb: "x\n  y"\n'],
    [
      'a flow collection of several lines',
      'a: {\n b: 1,\n c: [\n 1, 2]\n }\n',
      'a: {\n    b: 1,\n    c: [\n        1, 2]\n  }\n',
    ],
  ])('%s', (_, text, formatted) => {
    expect(format(text)).toBe(formatted);
  });
});

describe('unchanged', () => {
  test.each([
    ['quotes, numbers and nulls', `a: "x"\nb: 'y'\nc: 0x10\nd: 1.50\ne: ~\nf: yes\n`],
    ['the order of keys', 'b: 1\na: 2\n'],
    ['flow style and long lines', `a: [${'1234567890, '.repeat(20)}1]\nb: ${'word '.repeat(50)}end\n`],
    [
      'comments, where they are',
      '# one\n\n# two\na: # three\n  # four\n  b: 1     # five\n  # six\n\n# seven\nc: 2\n# eight\n',
    ],
    ['a comment that is to the left of what follows', 'a:\n  b: 1\n# out\nc: 2\n'],
    ['a comment that is deeper than what follows', 'a:\n  b:\n    c: 1\n    # deep\n  # middle\n# out\nd: 2\n'],
    [
      'anchors, aliases, merge keys and tags',
      'a: &x { b: 1 }\nc:\n  <<: *x\n  d: !!str 1\n? &y e\n: 1\nf: { g: *y }\n',
    ],
    ['empty lines at the end of a text that keeps them', 'a: |+\n  x\n\n\nb: 1\n'],
    ['an empty line after a text', 'a: |\n  x\n\nb: 1\n'],
    ['a start of a document', '---\n# one\na: 1\n'],
  ])('%s', (_, text) => {
    expect(format(text)).toBe(text);
  });
});

test('the published topologies are formatted', () => {
  const folder = new URL('../../../topologies/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  expect(files).toContain('include/floating-ips.yaml');
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(format(text), file).toBe(text);
  }
});

test('the blanks of a text without content are indent, and formatting again changes nothing', () => {
  const formatted = format('a:\n - |+\n   \n');
  expect(format(formatted)).toBe(formatted);
});

test.each(['a: [1\n', 'a: 1\na: 2\n', '\ta: 1\n', '- 1\n', ''])('%j is not formatted', (text) => {
  expect(formatYaml(text, 't.yaml')).toHaveProperty('diagnostics.0.severity', 'error');
});

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.stringMatching(/^[a-z #:'"-]{0,12}$/), { maxLength: 4 }).map((lines) => lines.join('\n')),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('mapping')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  mapping: fc.dictionary(fc.stringMatching(/^[a-z][a-z_ ]{0,8}$/), tie('tree'), { maxKeys: 4 }),
}));

/** A mapping as YAML in one of many styles, with comments between its lines and behind them. */
const yaml = fc
  .record({
    value: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tree, { minKeys: 1, maxKeys: 5 }),
    style: fc.record({
      indent: fc.integer({ min: 1, max: 6 }),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
      minContentWidth: fc.constant(0),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      blockQuote: fc.constantFrom(true, false, 'folded' as const, 'literal' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
      flowCollectionPadding: fc.boolean(),
    }),
    comments: fc.array(fc.record({ line: fc.nat(40), column: fc.nat(8), behind: fc.boolean() }), { maxLength: 6 }),
  })
  .map(({ value, style, comments }) => {
    const lines = stringify(value, style).split('\n');
    comments.forEach(({ line, column, behind }, index) => {
      const at = line % lines.length;
      if (behind) lines[at] = `${lines[at] ?? ''}${' '.repeat(column + 1)}# behind ${String(index)}`;
      else lines.splice(at, 0, `${' '.repeat(column)}# comment ${String(index)}`, ...(column === 0 ? [''] : []));
    });
    return lines.join('\n');
  })
  .filter((text) => !('diagnostics' in formatOrNot(text)));

function formatOrNot(text: string): object {
  try {
    parse(text, { strict: true });
  } catch {
    return { diagnostics: [] };
  }
  return formatYaml(text, 't.yaml');
}

test('formatting keeps every value and comment, and formatting again changes nothing', () => {
  fc.assert(
    fc.property(yaml, (text) => {
      const formatted = format(text);
      expect(parse(formatted)).toEqual(parse(text));
      expect(commentsOf(formatted)).toEqual(commentsOf(text));
      expect(formatted.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
      expect(format(formatted)).toBe(formatted);
    }),
    { numRuns: 150 },
  );
});
