/** Thrown for a text that is not simple. It is caught where reading began. */
export class NotSimple extends Error {}

/** Where a reader is in a text. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** How many collections are open. */
  depth: number;
}

/** A scalar, and where it ends. */
export interface Quoted {
  readonly value: string;
  readonly end: number;
}

/** Reads a quoted scalar of one line without escapes. */
export function quoted({ text, at }: Cursor): Quoted {
  const quote = text.charAt(at);
  const close = text.indexOf(quote, at + 1);
  if (close < 0) throw new NotSimple();
  const value = text.slice(at + 1, close);
  const isPlain = !value.includes('\n') && !value.includes('\\') && text.charAt(close + 1) !== quote;
  if (!isPlain) throw new NotSimple();
  return { value, end: close + 1 };
}

/** Opens a collection. @throws NotSimple if it is nested deeply */
export function open(cursor: Cursor, deepest: number): void {
  cursor.depth += 1;
  if (cursor.depth > deepest) throw new NotSimple();
}
