import type { Span } from '../places.ts';
import { blockMapping, nextLine, type BlockCursor } from './block.ts';
import { NotSimple } from './cursor.ts';
import { flowCollection } from './flow.ts';
import type { Places } from './places.ts';

/** The content of a simple text, as `parseYaml` would return it. */
export interface Simple {
  readonly root: Record<string, unknown>;
  readonly places: Places;
  readonly span: Span;
}

/** Tabs, carriage returns, unusual blanks, control characters, and those outside the Basic Multilingual Plane. */
const ODD =
  /[^\n -~\xa1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2061-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Document markers and directives. */
const UNUSUAL_LINE = /^(?:---|\.\.\.|%)/m;

/**
 * Reads a text in the part of YAML that large topologies are written in: block mappings and lists, collections in
 * brackets, and scalars of one line, plain or quoted. Returns `undefined` for any other text, and for any text that may
 * have an error: those are for the parser, which takes ten times as long and tells what is wrong.
 */
export function readSimple(text: string): Simple | undefined {
  if (ODD.test(text) || UNUSUAL_LINE.test(text)) return undefined;
  const cursor: BlockCursor = { text, at: -1, indent: 0, end: 0, depth: 0 };
  try {
    nextLine(cursor, 0);
    if (cursor.indent !== 0) return undefined;
    const start = cursor.at;
    const isJson = text.startsWith('{', start);
    const { value, places } = isJson ? flowCollection(cursor, -1) : blockMapping(cursor);
    const end = isJson ? cursor.at : cursor.end;
    if (text.slice(cursor.at).trim() !== '') return undefined;
    return { root: value as Record<string, unknown>, places, span: [start, end] };
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}
