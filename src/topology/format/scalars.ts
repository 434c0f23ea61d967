/** Returns a plain or quoted scalar with all lines but the first re-indented; YAML folds the white space there. */
export function indentFolded(source: string, indent: number): string {
  const [first = '', ...rest] = source.split(/\r?\n/);
  return [first, ...rest.map((line) => indented(line.replace(/^[ \t]+/, ''), indent))].join('\n');
}

/** The column of a block collection in the source and in the output. */
export interface Level {
  readonly old: number;
  readonly now: number;
}

/**
 * Returns the content of a block scalar, without its last newline, moved to the new column of its parent.
 * @param header `|`, `>-`, `|2+`, …
 */
export function moveBlock(source: string, header: string, parent: Level): string {
  const lines = source.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  const explicit = /[1-9]/.exec(header)?.[0];
  const old = explicit === undefined ? indentOf(lines) : parent.old + Number(explicit);
  const now = parent.now + Number(explicit ?? 2);
  // Without content every blank is indent, and a line of blanks stays one: an empty line at the end would be lost.
  const moved = (line: string): string =>
    old === Infinity && line !== '' ? ' '.repeat(now) : indented(line.slice(old), now);
  return lines.map(moved).join('\n');
}

/** Returns the content of a block scalar without the empty lines at its end. Spaces behind its indent are content. */
export function withoutEmptyEnd(source: string, header: string, parent: Level): string {
  const lines = source.split('\n');
  const explicit = /[1-9]/.exec(header)?.[0];
  const indent = explicit === undefined ? indentOf(lines) : parent.old + Number(explicit);
  const last = lines.findLastIndex((line) => !/^[ \t]*$/.test(line) || line.length > indent);
  return last === lines.length - 1 ? source : `${lines.slice(0, last + 1).join('\n')}\n`;
}

/** Returns the indent of the first line with content. Without one, the spaces of all lines are indent. */
function indentOf(lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '');
  return first === undefined ? Infinity : first.length - first.trimStart().length;
}

function indented(line: string, indent: number): string {
  return line === '' ? '' : ' '.repeat(indent) + line;
}
