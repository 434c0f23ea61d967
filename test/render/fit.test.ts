import fc from 'fast-check';
import { expect, test } from 'vitest';
import { align } from '../../src/render/align.ts';
import { paint } from '../../src/render/colour.ts';
import { width } from '../../src/render/columns.ts';
import { table } from '../../src/render/table.ts';

const ONE = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
const OTHER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c85';

test('a table that fits is unchanged', () => {
  expect(align([['a', ONE, 'ok']], '', 80)).toEqual([`a  ${ONE}  ok`]);
});

test('the widest column is narrowed, and breaks between words', () => {
  expect(align([['✔', 'router r1', 'degraded: address 10.0.0.1/24 missing, route default missing']], '', 40)).toEqual([
    '✔  router r1  degraded: address',
    '              10.0.0.1/24 missing, route',
    '              default missing',
  ]);
});

test('an id is cut if it still differs from the others, and broken otherwise', () => {
  expect(
    align(
      [
        ['a', ONE],
        ['b', 'qdhcp-1'],
      ],
      '',
      23,
    ),
  ).toEqual(['a  qrouter-7a51a575-00…', 'b  qdhcp-1']);
  expect(
    align(
      [
        ['a', ONE],
        ['b', OTHER],
      ],
      '',
      33,
    ),
  ).toEqual([
    'a  qrouter-7a51a575-00f1-4709-bad',
    '   c-3d2866084c84',
    'b  qrouter-7a51a575-00f1-4709-bad',
    '   c-3d2866084c85',
  ]);
});

test('indentation and colour are kept on every line', () => {
  expect(align([['  one two'], ['x']], '', 7)).toEqual(['  one two', 'x']);
  expect(align([['  first second third'], ['x']], '', 12)).toEqual(['  first', '  second', '  third', 'x']);
  expect(align([[paint(true).red('first second')]], '', 10)).toEqual([
    '\u001b[31mfirst\u001b[39m',
    '\u001b[31msecond\u001b[39m',
  ]);
});

test('a table with a head is fitted too', () => {
  expect(table(['NAME', 'ADDRESS'], [['n1', '192.0.2.1/24, 2001:db8::1/64']], 24)).toBe(
    'NAME  ADDRESS\nn1    192.0.2.1/24,\n      2001:db8::1/64',
  );
});

test('text is only left out where there is an ellipsis, and no line is too wide', () => {
  const cell = fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,30}){0,3}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 40, max: 100 }),
      (rows, columns) => {
        const lines = align(rows, '', columns);
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
        const letters = (text: string): string => Array.from(text.replaceAll(' ', '')).sort().join('');
        if (!lines.some((line) => line.includes('…')))
          expect(letters(lines.join(''))).toBe(letters(rows.flat().join('')));
      },
    ),
  );
});
