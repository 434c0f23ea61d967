import type { Position } from '../../model/position.ts';

/** The offsets at which a text's lines begin, ascending; the first is 0. A line ends with `\n`, as in editors. */
export type LineStarts = readonly number[];

/**
 * Returns the line starts of a text. They are counted from the text: the parser does not see each line end after an
 * error, and sees some twice.
 * @param most stops after this many lines, so that a text of line ends alone takes no memory
 */
export function lineStartsOf(text: string, most: number): LineStarts {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0 && starts.length <= most; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}

/** Returns the position of an offset. One outside the text is at its nearer end. */
export function positionAt(text: string, starts: LineStarts, offset: number): Position {
  const within = Math.min(Math.max(0, offset), text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= within) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: within - (starts[low] ?? 0) + 1, offset: within };
}
