import { structuredPatch } from 'diff';
import { cleanLines } from '../clean.ts';
import type { Paint } from '../colour.ts';

type Sign = '+' | '-' | ' ';

/** A unified diff of two lists of lines, without the file header: hunks only. Empty when they are equal. */
export function unifiedDiff(from: readonly string[], to: readonly string[], colours: Paint): readonly string[] {
  const text = (lines: readonly string[]) => lines.map((line) => `${oneLine(line)}\n`).join('');
  const { hunks } = structuredPatch('', '', text(from), text(to), '', '', { context: 2 });
  return hunks.flatMap((hunk) => [
    colours.cyan(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.filter((line) => !line.startsWith('\\')).map((line) => painted(line, colours)),
  ]);
}

/** Lines that are all new, or all gone: no hunk needs to say where. */
export function allLines(sign: '+' | '-', lines: readonly string[], colours: Paint): readonly string[] {
  return lines.map((line) => painted(sign + oneLine(line), colours));
}

/** A range of lines; an empty one names the line before it, as diff(1) does. */
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
