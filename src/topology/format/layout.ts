import type { CST } from 'yaml';
import { indentFolded, moveBlock, withoutEmptyEnd, type Level } from './scalars.ts';
import { createWriter, type Writer } from './writer.ts';

/** Spaces per level. */
const STEP = 2;

/** The position of a token in the output. */
interface At {
  /** Its indent, if it begins a line. */
  readonly indent: number;
  /** The block collections around it, innermost last; they give the indent of a comment on a line of its own. */
  readonly levels: readonly Level[];
}

/**
 * Returns the text of tokens with canonical white space: two spaces per level, also for lists in mappings; `{ a: b }`,
 * `[a, b]`; at most one empty line in a row. Line breaks, quotes and comments stay; only white space differs.
 */
export function layOut(tokens: Iterable<CST.Token>): string {
  const writer = createWriter();
  for (const token of tokens) writeToken(writer, token, { indent: 0, levels: [{ old: 0, now: 0 }] });
  return writer.end();
}

function writeToken(writer: Writer, token: CST.Token, at: At): void {
  switch (token.type) {
    case 'document':
      for (const part of [...token.start, token.value, ...(token.end ?? [])]) if (part) writeToken(writer, part, at);
      return;
    case 'block-map':
    case 'block-seq':
      writeBlock(writer, token, at);
      return;
    case 'flow-collection':
      writeFlow(writer, token, at);
      return;
    case 'block-scalar':
      writeBlockScalar(writer, token, at);
      return;
    case 'space':
      writer.space(token.source);
      return;
    case 'newline':
      writer.newline();
      return;
    case 'comment':
      writer.token('comment', token.source.trimEnd(), commentIndent(token.indent, at));
      return;
    case 'byte-order-mark':
      return;
    default:
      writer.token(token.type, indentFolded('source' in token ? token.source : '', at.indent), at.indent);
      if ('end' in token) for (const part of token.end ?? []) writeToken(writer, part, at);
  }
}

/** A comment belongs to the innermost collection that it is not to the left of. */
function commentIndent(column: number, { indent, levels }: At): number {
  return levels.length === 0 ? indent : (levels.findLast(({ old }) => old <= column)?.now ?? 0);
}

function writeBlock(writer: Writer, { indent: old, items }: CST.BlockMap | CST.BlockSequence, at: At): void {
  const own = { indent: at.indent, levels: [...at.levels, { old, now: at.indent }] };
  const inner = at.indent + STEP;
  const below = { indent: inner, levels: [...own.levels, { old: old + 1, now: inner }] };
  for (const { start, key, sep, value } of items) {
    let place = own;
    for (const token of start) {
      writeToken(writer, token, place);
      if (token.type === 'seq-item-ind' || token.type === 'explicit-key-ind') place = below;
    }
    if (key) writeToken(writer, key, place);
    for (const token of sep ?? []) writeToken(writer, token, token.type === 'map-value-ind' ? own : below);
    if (value) writeToken(writer, value, below);
  }
}

function writeFlow(writer: Writer, { start, items, end }: CST.FlowCollection, at: At): void {
  const inside = { indent: at.indent + STEP, levels: [] };
  const below = { indent: inside.indent + STEP, levels: [] };
  writeToken(writer, start, at);
  for (const { start: before, key, sep, value } of items) {
    for (const token of before) writeToken(writer, token, inside);
    if (key) writeToken(writer, key, inside);
    for (const token of sep ?? []) writeToken(writer, token, below);
    if (value) writeToken(writer, value, sep === undefined ? inside : below);
  }
  const [bracket, ...after] = end;
  // A comment on a line of its own before the bracket is inside the collection.
  if (bracket) writeToken(writer, bracket, bracket.type === 'comment' ? inside : at);
  for (const token of after) writeToken(writer, token, at);
}

function writeBlockScalar(writer: Writer, { props, source }: CST.BlockScalar, at: At): void {
  for (const prop of props) writeToken(writer, prop, at);
  const header = props
    .map((prop) => ('source' in prop && prop.type === 'block-scalar-header' ? prop.source : ''))
    .join('');
  const parent = at.levels.at(-2) ?? { old: -1, now: -STEP };
  const kept = header.includes('+') ? source : withoutEmptyEnd(source, header, parent);
  const text = moveBlock(kept, header, parent);
  if (text !== '') writer.token('block-scalar', text, 0);
  writer.newline();
  for (let lost = linesOf(source) - linesOf(kept); lost > 0; lost--) writer.newline();
}

function linesOf(text: string): number {
  return text.split('\n').length;
}
