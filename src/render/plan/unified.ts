import { structuredPatch } from 'diff';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';

/** A unified diff of two lists of lines, without the file header: hunks only. Empty when they are equal. */
export function unifiedDiff(from: readonly string[], to: readonly string[], colours: Paint): readonly string[] {
  const text = (lines: readonly string[]) => lines.map((line) => `${clean(line)}\n`).join('');
  const { hunks } = structuredPatch('', '', text(from), text(to), '', '', { context: 2 });
  return hunks.flatMap((hunk) => [
    colours.cyan(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.filter((line) => !line.startsWith('\\')).map((line) => painted(line, colours)),
  ]);
}

function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${String(start)},${String(lines)}`;
}

function painted(line: string, colours: Paint): string {
  if (line.startsWith('+')) return colours.green(line);
  if (line.startsWith('-')) return colours.red(line);
  return colours.dim(line);
}
