import Table from 'cli-table3';
import { fit } from './fit.ts';

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/**
 * Returns a table without lines: readable on a terminal and by `awk`. Cells must be clean. It is fitted to
 * `columns`, the width of the terminal, where that is given.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], columns = Infinity): string {
  const [fittedHead = head, ...fittedRows] = fit([head, ...rows], columns);
  const drawn = new Table({
    head: [...fittedHead],
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of fittedRows) drawn.push([...row]);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
