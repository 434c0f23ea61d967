import { structuredPatch } from 'diff';
import { cleanLines } from '../clean.ts';
import type { Paint } from '../colour.ts';

type Sign = '+' | '-' | ' ';

/** Returns a unified diff of two lists of lines: hunks without the file header. Empty if they are equal. */
export function unifiedDiff(from: readonly string[], to: readonly string[], colours: Paint): readonly string[] {
  const text = (lines: readonly string[]) => lines.map((line) => `${oneLine(line)}\n`).join('');
  const { hunks } = structuredPatch('', '', text(from), text(to), '', '', { context: 2 });
  return hunks.flatMap((hunk) => [
    colours.cyan(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.filter((line) => !line.startsWith('\\')).map((line) => painted(line, colours)),
  ]);
}

/** Returns lines that are all new or all deleted: they need no hunk header. */
export function allLines(sign: '+' | '-', lines: readonly string[], colours: Paint): readonly string[] {
  return lines.map((line) => painted(sign + oneLine(line), colours));
}

/** Returns a range of lines; an empty one has the number of the line before it, as in diff(1). */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return `${String(lines === 0 ? start - 1 : start)},${String(lines)}`;
}

function oneLine(line: string): string {
  return cleanLines(line).join('\\n');
}

function painted(line: string, colours: Paint): string {
  switch (line.charAt(0) as Sign) {
    case '+':
      return colours.green(line);
    case '-':
      return colours.red(line);
    case ' ':
      return colours.dim(line);
  }
}
