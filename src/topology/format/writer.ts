import type { CST } from 'yaml';

/** What kinds of tokens the spaces of a line depend on. */
export type TokenType = CST.Token['type'];

/** Writes tokens with canonical white space. */
export interface Writer {
  /** Notes white space of the source, between tokens of a line. */
  space(source: string): void;
  newline(): void;
  /** Writes a token; if it is the first on its line, behind `indent` spaces. */
  token(type: TokenType, text: string, indent: number): void;
  /** Returns the whole text, which ends with one newline. */
  end(): string;
}

/** Makes an empty writer. */
export function createWriter(): Writer {
  let text = '';
  let newlines = 0;
  let gap = '';
  let last: TokenType | undefined;
  return {
    space(source) {
      gap += source;
    },
    newline() {
      newlines++;
      gap = '';
    },
    token(type, written, indent) {
      if (text !== '' && newlines > 0) text += '\n'.repeat(Math.min(newlines, 2));
      text += text === '' || newlines > 0 ? ' '.repeat(indent) : between(last, type, gap);
      text += written;
      [newlines, gap, last] = [0, '', type];
    },
    end: () => (text === '' ? '' : `${text}\n`),
  };
}

const KEY_ENDS: ReadonlySet<TokenType | undefined> = new Set<TokenType>([
  'scalar',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'flow-map-end',
  'flow-seq-end',
]);

/** Returns the space between two tokens of a line: `{ a: b }`, `[a, b]`. The column of a comment stays its writer's. */
function between(last: TokenType | undefined, type: TokenType, gap: string): string {
  if (type === 'comment') return ' '.repeat(Math.max(gap.length, 1));
  if (type === 'comma' || type === 'flow-seq-end' || last === 'flow-seq-start') return '';
  if (type === 'flow-map-end') return last === 'flow-map-start' ? '' : ' ';
  return type === 'map-value-ind' && KEY_ENDS.has(last) ? '' : ' ';
}
