import type { SourceRange } from '../../model/position.ts';
import type { Locate, Part, Path } from '../valid.ts';
import { positionAt, type LineStarts } from './lines.ts';

/** A stretch of the text as offsets; `end` is exclusive. */
export type Span = readonly [start: number, end: number];

/** Where an entry of a mapping or list is in the text. */
export interface EntrySpans {
  readonly key?: Span;
  readonly value: Span;
}

/** For each mapping and list of the document, where its entries are in the text. */
export type SpansByNode = WeakMap<object, ReadonlyMap<string | number, EntrySpans>>;

/** Converts offsets to a range of one file. */
export type ToRange = (span: Span) => SourceRange;

/** The ranges of a file with this text and these line starts. */
export function rangesOf(file: string, text: string, lines: LineStarts): ToRange {
  return ([start, end]) => ({
    file,
    start: positionAt(text, lines, start),
    end: positionAt(text, lines, Math.max(start, end)),
  });
}

/** The `locate` of a document. */
export function locator(root: unknown, rootSpan: Span, places: SpansByNode, toRange: ToRange): Locate {
  return (path: Path, what: Part = 'value') => {
    const span = spanOf(root, rootSpan, places, path, what);
    return span === undefined ? undefined : toRange(span);
  };
}

function spanOf(root: unknown, rootSpan: Span, places: SpansByNode, path: Path, what: Part): Span | undefined {
  let value = root;
  let place: EntrySpans = { value: rootSpan };
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    const next = places.get(value)?.get(part);
    if (next === undefined) return undefined;
    place = next;
    value = (value as Record<string | number, unknown>)[part];
  }
  return shownOf(what, place.key, place.value);
}

/** Returns the span that shows a part of an entry: an empty value (`nodes:` alone) has no text to point at. */
export function shownOf(what: Part, key: Span | undefined, value: Span): Span {
  return what === 'key' || value[0] === value[1] ? (key ?? value) : value;
}
