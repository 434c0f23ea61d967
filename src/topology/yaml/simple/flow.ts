import { emptyMapping } from '../mapping.ts';
import { DEEPEST, MOST_ENTRIES } from '../limits.ts';
import { NotSimple, open, quoted, type Cursor } from './cursor.ts';
import { Places } from './places.ts';
import { plainValue } from './scalar.ts';

/** A collection that was read, and where its entries are. */
export interface Collection {
  readonly value: unknown;
  readonly places: Places;
}

/** A plain scalar without blanks. */
const PLAIN = /(?:[A-Za-z0-9_./+$]|:(?=[:0-9A-Fa-f])|-(?=[A-Za-z0-9.]))(?:[^\s,[\]{}:#]|:(?![\s,[\]{}]|$))*/y;

const NEWLINE = 10;
const BLANK = 32;

/**
 * Reads a mapping or list in brackets.
 * @param indent of the block collection around it: each further line is indented more
 */
export function flowCollection(cursor: Cursor, indent: number): Collection {
  const isList = cursor.text.charAt(cursor.at) === '[';
  open(cursor, DEEPEST);
  cursor.at += 1;
  const collection = isList ? flowList(cursor, indent) : flowMapping(cursor, indent);
  cursor.depth -= 1;
  return collection;
}

function flowList(cursor: Cursor, indent: number): Collection {
  const value: unknown[] = [];
  const places = Places.ofList();
  skipBlanks(cursor, indent);
  while (!endsAt(cursor, ']', places.size)) {
    places.addItem(cursor.at);
    value.push(flowValue(cursor, indent, places));
    afterEntry(cursor, indent, ']');
  }
  return { value, places };
}

function flowMapping(cursor: Cursor, indent: number): Collection {
  const value = emptyMapping();
  const places = Places.ofMapping();
  skipBlanks(cursor, indent);
  while (!endsAt(cursor, '}', places.size)) {
    const key = flowKey(cursor, places);
    if (Object.hasOwn(value, key)) throw new NotSimple();
    skipBlanks(cursor, indent);
    value[key] = flowValue(cursor, indent, places);
    afterEntry(cursor, indent, '}');
  }
  return { value, places };
}

/** Reads the closing bracket, if it is here. */
function endsAt(cursor: Cursor, bracket: string, entries: number): boolean {
  if (entries >= MOST_ENTRIES) throw new NotSimple();
  if (cursor.text.charAt(cursor.at) !== bracket) return false;
  cursor.at += 1;
  return true;
}

/** Reads the comma after an entry. The last one may have none. */
function afterEntry(cursor: Cursor, indent: number, bracket: string): void {
  skipBlanks(cursor, indent);
  const next = cursor.text.charAt(cursor.at);
  if (next === bracket) return;
  if (next !== ',') throw new NotSimple();
  cursor.at += 1;
  skipBlanks(cursor, indent);
}

/** Reads a key and its colon. After a quoted key the value may follow at once, as in JSON. */
function flowKey(cursor: Cursor, places: Places): string {
  const { text, at } = cursor;
  const isQuoted = isQuote(text.charAt(at));
  const { value, end } = isQuoted ? quoted(cursor) : plain(cursor);
  const after = text.charCodeAt(end + 1);
  const isKey = text.charAt(end) === ':' && (isQuoted || after === BLANK || after === NEWLINE);
  if (!isKey || typeof value !== 'string' || value === '<<') throw new NotSimple();
  places.addKey(value, at, end);
  cursor.at = end + 1;
  return value;
}

function flowValue(cursor: Cursor, indent: number, places: Places): unknown {
  const start = cursor.at;
  const first = cursor.text.charAt(start);
  if (first === '{' || first === '[') {
    const { value, places: inner } = flowCollection(cursor, indent);
    places.addValue(start, cursor.at, inner);
    return value;
  }
  const { value, end } = isQuote(first) ? quoted(cursor) : plain(cursor);
  places.addValue(start, end, undefined);
  cursor.at = end;
  return value;
}

function plain({ text, at }: Cursor): { readonly value: unknown; readonly end: number } {
  PLAIN.lastIndex = at;
  if (!PLAIN.test(text)) throw new NotSimple();
  const end = PLAIN.lastIndex;
  const value = plainValue(text.slice(at, end));
  if (value === undefined) throw new NotSimple();
  return { value, end };
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

/** Skips blanks, ends of lines and comments. */
function skipBlanks(cursor: Cursor, indent: number): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === BLANK) cursor.at += 1;
    else if (code === NEWLINE) nextLine(cursor, indent);
    else if (text.charAt(cursor.at) !== '#') return;
    // Without a blank before it, it begins no comment.
    else if (text.charCodeAt(cursor.at - 1) !== BLANK && text.charCodeAt(cursor.at - 1) !== NEWLINE) {
      throw new NotSimple();
    } else cursor.at = endOfLine(text, cursor.at);
  }
}

/** Goes to the first character of the next line. */
function nextLine(cursor: Cursor, indent: number): void {
  const { text } = cursor;
  const begin = cursor.at + 1;
  let at = begin;
  while (text.charCodeAt(at) === BLANK) at += 1;
  cursor.at = at;
  if (text.charCodeAt(at) !== NEWLINE && at - begin <= indent) throw new NotSimple();
}

/** Returns the offset of the end of a line. */
export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
