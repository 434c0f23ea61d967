import type { CST } from 'yaml';

/** The type of a token; the spaces between tokens of a line depend on it. */
export type TokenType = CST.Token['type'];

/** Writes tokens with canonical white space. */
export interface Writer {
  /** Records white space of the source between tokens of a line. */
  space(source: string): void;
  newline(): void;
  /** Writes a token; the first on its line after `indent` spaces. */
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

/** Returns the space between two tokens of a line: `{ a: b }`, `[a, b]`. The space before a comment stays as it is. */
function between(last: TokenType | undefined, type: TokenType, gap: string): string {
  if (type === 'comment') return ' '.repeat(Math.max(gap.length, 1));
  if (type === 'comma' || type === 'flow-seq-end' || last === 'flow-seq-start') return '';
  if (type === 'flow-map-end') return last === 'flow-map-start' ? '' : ' ';
  return type === 'map-value-ind' && KEY_ENDS.has(last) ? '' : ' ';
}
