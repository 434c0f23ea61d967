import { DEEPEST, MOST_ENTRIES } from '../limits.ts';
import { emptyMapping } from '../mapping.ts';
import { NotSimple, open, quoted, type Cursor } from './cursor.ts';
import { endOfLine, flowCollection, type Collection } from './flow.ts';
import { Places } from './places.ts';
import { plainValue } from './scalar.ts';

/** Where a reader of block collections is: at the first character of a line, or behind a dash. */
export interface BlockCursor extends Cursor {
  /** The column of that character; -1 at the end of the text. */
  indent: number;
  /** The offset behind the last line that has a value: what is open ends there. */
  end: number;
}

/** A key and its colon. */
const KEY = /[A-Za-z0-9_][A-Za-z0-9_./-]*(?=:(?:[ \n]|$))/y;

/** How a plain scalar of a line begins. */
const PLAIN = /[A-Za-z0-9_./+$(]|:[:0-9A-Fa-f]|-[A-Za-z0-9.]/y;

const BLANK = 32;

/** Reads the lines of a mapping: those that are indented as the present one is. */
export function blockMapping(cursor: BlockCursor): Collection {
  const { indent } = cursor;
  const value = emptyMapping();
  const places = Places.ofMapping();
  open(cursor, DEEPEST);
  do {
    const key = blockKey(cursor, places);
    if (Object.hasOwn(value, key) || places.size >= MOST_ENTRIES) throw new NotSimple();
    value[key] = valueOf(cursor, indent, places);
  } while (isNext(cursor, indent) && !isDash(cursor));
  cursor.depth -= 1;
  return { value, places };
}

/** Reads the items of a list, whose dashes are indented as the present one is. */
function blockList(cursor: BlockCursor): Collection {
  const { indent } = cursor;
  const value: unknown[] = [];
  const places = Places.ofList();
  open(cursor, DEEPEST);
  do {
    if (places.size >= MOST_ENTRIES) throw new NotSimple();
    cursor.at += 2;
    cursor.indent = indent + 2;
    places.addItem(cursor.at);
    value.push(itemOf(cursor, indent, places));
  } while (isNext(cursor, indent) && isDash(cursor));
  cursor.depth -= 1;
  return { value, places };
}

/** True if the present line belongs to the collection. A line between it and the one around is an error. */
function isNext(cursor: BlockCursor, indent: number): boolean {
  if (cursor.indent > indent) throw new NotSimple();
  return cursor.indent === indent;
}

function isDash({ text, at }: Cursor): boolean {
  return text.charAt(at) === '-' && text.charCodeAt(at + 1) === BLANK;
}

/** Reads a key and its colon. */
function blockKey(cursor: BlockCursor, places: Places): string {
  const { text, at } = cursor;
  const first = text.charAt(at);
  let key: unknown;
  let end: number;
  if (first === '"' || first === "'") {
    ({ value: key, end } = quoted(cursor));
    if (!/^:(?:[ \n]|$)/.test(text.slice(end, end + 2))) throw new NotSimple();
  } else {
    KEY.lastIndex = at;
    if (!KEY.test(text)) throw new NotSimple();
    end = KEY.lastIndex;
    key = plainValue(text.slice(at, end));
  }
  if (typeof key !== 'string' || end - at > LONGEST_KEY) throw new NotSimple();
  places.addKey(key, at, end);
  cursor.at = end + 1;
  return key;
}

/** YAML allows 1024 characters. */
const LONGEST_KEY = 1000;

/** Reads the value of a key: on its line, or a collection below it. */
function valueOf(cursor: BlockCursor, indent: number, places: Places): unknown {
  skipBlanks(cursor);
  const missing = cursor.at;
  if (hasMore(cursor)) return valueOnLine(cursor, indent, places);
  // Comments before a value belong to nothing.
  const isCommented = [endLine(cursor), nextLine(cursor, Infinity)].includes(true);
  const isList = cursor.indent === indent && isDash(cursor);
  if (cursor.indent > indent || isList) {
    if (isBracket(cursor)) return valueOnLine(cursor, indent, places);
    const start = cursor.at;
    const { value, places: inner } = isDash(cursor) ? blockList(cursor) : blockMapping(cursor);
    places.addValue(start, cursor.end, inner);
    return value;
  }
  // A comment would belong to the missing value.
  if (isCommented) throw new NotSimple();
  places.addValue(missing, missing, undefined);
  cursor.end = missing;
  return null;
}

/** Reads an item of a list, behind its dash. */
function itemOf(cursor: BlockCursor, indent: number, places: Places): unknown {
  const { text, at } = cursor;
  KEY.lastIndex = at;
  if (text.charCodeAt(at) === BLANK || isDash(cursor) || !hasMore(cursor)) throw new NotSimple();
  const first = text.charAt(at);
  const isQuotedKey = (first === '"' || first === "'") && text.charAt(quoted(cursor).end) === ':';
  if (isQuotedKey || KEY.test(text)) {
    const { value, places: inner } = blockMapping(cursor);
    places.addValue(at, cursor.end, inner);
    return value;
  }
  return valueOnLine(cursor, indent, places);
}

/** Reads a scalar or a flow collection, and the end of its line. */
function valueOnLine(cursor: BlockCursor, indent: number, places: Places): unknown {
  const start = cursor.at;
  const first = cursor.text.charAt(start);
  let value: unknown;
  let inner: Places | undefined;
  let end: number;
  if (isBracket(cursor)) {
    ({ value, places: inner } = flowCollection(cursor, indent));
    end = cursor.at;
  } else if (first === '"' || first === "'") {
    ({ value, end } = quoted(cursor));
  } else {
    ({ value, end } = plain(cursor));
  }
  places.addValue(start, end, inner);
  cursor.at = end;
  if (!isBlank(cursor) && hasMore(cursor)) throw new NotSimple();
  skipBlanks(cursor);
  if (hasMore(cursor)) throw new NotSimple();
  endLine(cursor);
  cursor.end = Math.min(cursor.at + 1, cursor.text.length);
  nextLine(cursor, indent);
  if (cursor.indent > indent) throw new NotSimple();
  return value;
}

/** Reads a plain scalar to the end of its line, or to a comment. */
function plain({ text, at }: Cursor): { readonly value: unknown; readonly end: number } {
  PLAIN.lastIndex = at;
  if (!PLAIN.test(text)) throw new NotSimple();
  const line = text.slice(at, endOfLine(text, at));
  const comment = line.indexOf(' #');
  const scalar = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
  // A colon makes it a mapping.
  const value = scalar.includes(': ') || scalar.endsWith(':') ? undefined : plainValue(scalar);
  if (value === undefined) throw new NotSimple();
  return { value, end: at + scalar.length };
}

function isBracket({ text, at }: Cursor): boolean {
  return text.charAt(at) === '{' || text.charAt(at) === '[';
}

function isBlank({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === BLANK;
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor)) cursor.at += 1;
}

/** True if the line goes on with something else than a comment. */
function hasMore({ text, at }: Cursor): boolean {
  return at < text.length && text.charAt(at) !== '\n' && text.charAt(at) !== '#';
}

/** Goes to the end of the line; returns true if it has a comment. One without a blank before it is an error. */
function endLine(cursor: Cursor): boolean {
  const { text, at } = cursor;
  if (text.charAt(at) !== '#') return false;
  if (text.charCodeAt(at - 1) !== BLANK) throw new NotSimple();
  cursor.at = endOfLine(text, at);
  return true;
}

/**
 * Goes from the end of a line to the next one with a value; returns true if there are comments between. A comment that
 * is indented more than the innermost collection or than that line belongs to a value, and extends it.
 */
export function nextLine(cursor: BlockCursor, innermost: number): boolean {
  const { text } = cursor;
  let deepest = -1;
  for (;;) {
    const begin = cursor.at + 1;
    if (begin >= text.length) {
      cursor.at = text.length;
      cursor.indent = -1;
      break;
    }
    let at = begin;
    while (text.charCodeAt(at) === BLANK) at += 1;
    cursor.at = at;
    cursor.indent = at - begin;
    if (text.charAt(at) === '#') {
      deepest = Math.max(deepest, cursor.indent);
      cursor.at = endOfLine(text, at);
    } else if (text.charAt(at) !== '\n') break;
  }
  if (deepest > innermost || deepest > Math.max(cursor.indent, 0)) throw new NotSimple();
  return deepest >= 0;
}
