import { cut, width } from './columns.ts';
import { wrap } from './wrap.ts';

/** Spaces between two columns. */
const GAP = 2;

/** A column does not become narrower than this. */
const MIN_WIDTH = 10;

type Row = readonly string[];

/**
 * Returns rows whose columns, with two spaces between them, are not wider than `columns` together: the widest columns
 * are narrowed. A cell that is too wide then has several lines, broken between words. A single word is cut on the right
 * if all cells of its column still differ then; otherwise it is broken anywhere.
 */
export function fit(rows: readonly Row[], columns: number): readonly Row[] {
  const natural = widthsOf(rows);
  const widths = narrowed(natural, columns);
  if (widths.every((each, i) => each === natural[i])) return rows;
  const fitted = widths.map((each, i) =>
    fitColumn(
      rows.map((row) => row[i] ?? ''),
      each,
    ),
  );
  return rows.map((row, number) => row.map((_, i) => fitted[i]?.[number] ?? ''));
}

/** Returns the width of each column: that of its widest line. */
export function widthsOf(rows: readonly Row[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, ...cell.split('\n').map(width))));
  }
  return widths;
}

function narrowed(natural: readonly number[], columns: number): readonly number[] {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, each) => sum + each, GAP * (widths.length - 1));
  while (total() > columns) {
    const widest = Math.max(...widths);
    if (widest <= MIN_WIDTH) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

function fitColumn(cells: readonly string[], columns: number): readonly string[] {
  const short = cells.map((cell) => inColour(cell, (text) => [cut(text, columns)]));
  const canBeCut = new Set(short).size === new Set(cells).size;
  return cells.map((cell, i) => {
    if (width(cell) <= columns) return cell;
    const isWord = !cell.trim().includes(' ');
    return isWord && canBeCut ? (short[i] ?? '') : inColour(cell, (text) => linesOf(text, columns));
  });
}

/** Returns the lines of a text; all have the indentation of the first. */
function linesOf(text: string, columns: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const room = Math.max(1, columns - indent.length);
  return wrap(text.trim(), room)
    .flatMap((line) => chunks(line, room))
    .map((line) => indent + line);
}

function chunks(line: string, columns: number): readonly string[] {
  const characters = Array.from(line);
  return Array.from({ length: Math.ceil(characters.length / columns) }, (_, i) =>
    characters.slice(i * columns, (i + 1) * columns).join(''),
  );
}

/** A cell in colour has its colour as a whole; each line of the result has it. */
const COLOURED = /^((?:\u001b\[[0-9;]*m)*)([^\u001b]*)((?:\u001b\[[0-9;]*m)*)$/;

function inColour(cell: string, lines: (text: string) => readonly string[]): string {
  const [, begin = '', text, end = ''] = COLOURED.exec(cell) ?? [];
  if (text === undefined) return cell;
  return lines(text)
    .map((line) => begin + line + end)
    .join('\n');
}
