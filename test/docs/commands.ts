import { BLOCKS, type Block } from './pages.ts';

/** A command of a page, and the lines shown after it. */
export interface Shown {
  readonly page: string;
  readonly line: number;
  readonly command: string;
  /** The exit code that a comment after the command tells (`# exit code 2`), or 0. */
  readonly code: number;
  /** Lines of output; none in a block of commands alone. */
  readonly output: readonly string[];
}

/** Why no test runs the commands of a block (`<!-- not run: REASON -->`). */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'on this host, outside the lab': 'the host that runs the tests is not theirs to change or to list',
};

/** The blocks that hold commands. */
export const COMMAND_BLOCKS: readonly Block[] = BLOCKS.filter(({ language }) => /^(console|sh)$/.test(language));

/** The commands of a block. In `console` they follow `$ `; in `sh` every line is one, except comments. */
export function commandsOf({ page, line, language, text }: Block): Shown[] {
  const found: { command: string; line: number; output: string[] }[] = [];
  for (const [index, each] of text.trimEnd().split('\n').entries()) {
    const command = language === 'console' ? /^\$ (.*)$/.exec(each)?.[1] : /^\s*([^#\s].*)$/.exec(each)?.[1];
    if (command !== undefined) found.push({ command, line: line + index, output: [] });
    else if (language === 'console') found.at(-1)?.output.push(each);
  }
  return found.map(({ command, ...rest }) => {
    const [, typed = '', comment = ''] = /^(.*?)(?:\s+#\s(.*))?$/.exec(command) ?? [];
    return { page, ...rest, command: typed, code: Number(/exit code (\d+)/.exec(comment)?.[1] ?? 0) };
  });
}

/** True for commands that run netloom itself. */
export function runsNetloom({ command }: Pick<Shown, 'command'>): boolean {
  return /^(npx )?netloom /.test(command);
}

/**
 * Output in the form in which it is compared: without durations and checksums of plans, and with one space between
 * columns.
 */
export function normalised(output: string): string[] {
  const plain = output
    .replaceAll(/^Checksum: [0-9a-f]{64}\n/gm, '')
    .replaceAll(/\d+(\.\d+)? ?(ms|s)\b/g, 'TIME')
    .replaceAll(/ +/g, ' ');
  return plain
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** The first piece of the shown lines that the real output lacks; `…` stands for lines left out. */
export function missing(shown: readonly string[], real: string): string | undefined {
  const lines = normalised(real);
  const pieces = normalised(shown.join('\n')).join('\n').split(/^…$/m);
  let from = 0;
  for (const [index, piece] of pieces.entries()) {
    const wanted = piece.replaceAll(/^\n|\n$/g, '');
    if (wanted === '') continue;
    const size = wanted.split('\n').length;
    const first = index === pieces.length - 1 ? Math.max(from, lines.length - size) : from;
    const last = index === 0 ? 0 : lines.length - size;
    const found = indexesFrom(first, last).find((at) => lines.slice(at, at + size).join('\n') === wanted);
    if (found === undefined) return wanted;
    from = found + size;
  }
  return undefined;
}

function indexesFrom(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
