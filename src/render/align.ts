import { pad } from './columns.ts';
import { fit, widthsOf } from './fit.ts';

/**
 * Returns rows as aligned lines, two spaces between columns, none at the end of a line. They are fitted to `columns`,
 * the width of the terminal, where that is given.
 */
export function align(rows: readonly (readonly string[])[], indent = '', columns = Infinity): readonly string[] {
  return alignedRows(rows, indent, columns).flat();
}

/** Returns the same as a list of lines for each row. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  indent: string,
  columns: number,
): readonly (readonly string[])[] {
  const fitted = fit(rows, columns - indent.length);
  const widths = widthsOf(fitted);
  return fitted.map((row) => {
    const cells = row.map((cell) => cell.split('\n'));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      (indent + cells.map((lines, i) => pad(lines[line] ?? '', widths[i] ?? 0)).join('  ')).trimEnd(),
    );
  });
}
