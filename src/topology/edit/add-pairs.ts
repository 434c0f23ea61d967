import type { Pair, YAMLMap } from 'yaml';
import { isCollection, isScalar } from 'yaml';
import type { Change } from './change.ts';
import { flowText, pairText } from './flow.ts';

/** A field to add to a mapping. */
export interface Addition {
  readonly key: string;
  readonly value: unknown;
}

/** The text that is edited. */
export interface Source {
  readonly text: string;
  /** True if new keys and strings are quoted as in JSON. */
  readonly json: boolean;
  readonly newline: string;
}

/** Spaces per level. */
const STEP = 2;

/**
 * Returns the changes that add fields to a mapping, each behind the nearest existing one that `order` has before it.
 * Every other character stays: comments keep the line that they are on or above.
 * @param order the usual order of the fields; those it lacks come last
 */
export function addPairs(
  source: Source,
  map: YAMLMap,
  additions: readonly Addition[],
  order: readonly string[],
): readonly Change[] {
  const rank = (key: string): number => (key === MERGE ? -1 : order.includes(key) ? order.indexOf(key) : order.length);
  const anchors = map.items.flatMap((pair) => {
    const key = isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
    const end = key === undefined ? undefined : endOf(source, map, pair);
    return key === undefined || end === undefined ? [] : [{ rank: rank(key), end }];
  });
  const groups = new Map<number | undefined, Addition[]>();
  for (const addition of [...additions].sort((a, b) => rank(a.key) - rank(b.key))) {
    const before = anchors.filter((anchor) => anchor.rank < rank(addition.key));
    const nearest = before.reduce<(typeof anchors)[number] | undefined>(
      (best, anchor) => (best === undefined || anchor.rank >= best.rank ? anchor : best),
      undefined,
    );
    const group = groups.get(nearest?.end);
    if (group) group.push(addition);
    else groups.set(nearest?.end, [addition]);
  }
  return [...groups].map(([end, group]) => {
    if (map.flow === true) return inFlow(source, map, group, end);
    return end === undefined ? aheadOf(source, map, group) : behind(source, map, group, end);
  });
}

const MERGE = '<<';

/** The offset behind which a field can be added after this one; `undefined` if it takes more than one line. */
function endOf({ text }: Source, map: YAMLMap, { key, value }: Pair): number | undefined {
  const [start] = rangeOf(key);
  const [from, end] = rangeOf(value);
  if (end <= from || start === end) return undefined;
  if (map.flow === true) return end;
  const isBlock = isCollection(value) && value.flow !== true;
  return isBlock || text.slice(start, end).includes('\n') ? undefined : end;
}

function inFlow({ text, json }: Source, map: YAMLMap, group: readonly Addition[], end: number | undefined): Change {
  const pairs = group.map(({ key, value }) => pairText(key, value, json)).join(', ');
  if (end !== undefined) return insertion(end, `, ${pairs}`);
  const first = map.items[0];
  if (first !== undefined) return insertion(startOf(first), `${pairs}, `);
  const open = rangeOf(map)[0] + 1;
  return insertion(open, /^\s/.test(text.slice(open)) ? ` ${pairs}` : ` ${pairs} `);
}

function aheadOf(source: Source, map: YAMLMap, group: readonly Addition[]): Change {
  const { text } = source;
  const [first] = map.items;
  if (first === undefined) throw new Error('a block mapping without entries');
  const start = startOf(first);
  const line = lineOf(text, start);
  const column = start - line;
  const lines = linesOf(source, group, column);
  if (text.slice(line, start).trim() !== '') {
    // It begins on the line of its `-`.
    const inline = lines.map((one, index) => (index === 0 ? one.trimStart() : one));
    return insertion(start, `${inline.join(source.newline)}${source.newline}${' '.repeat(column)}`);
  }
  // Comments above the first entry stay there.
  let at = line;
  while (at > 0) {
    const before = lineOf(text, at - 1);
    if (!/^[ \t]*(?:#.*)?\r?\n$/.test(text.slice(before, at))) break;
    at = before;
  }
  return insertion(at, lines.map((one) => one + source.newline).join(''));
}

function behind(source: Source, map: YAMLMap, group: readonly Addition[], end: number): Change {
  const { text, newline } = source;
  const [first] = map.items;
  const start = first === undefined ? 0 : startOf(first);
  const lines = linesOf(source, group, start - lineOf(text, start));
  const lineEnd = text.indexOf('\n', end);
  if (lineEnd < 0) return insertion(text.length, lines.map((one) => newline + one).join(''));
  return insertion(lineEnd + 1, lines.map((one) => one + newline).join(''));
}

function linesOf({ json }: Source, group: readonly Addition[], column: number): string[] {
  return group.flatMap(({ key, value }) => blockLines(key, value, column, json));
}

/** A field as lines of block style; a list is one line. */
function blockLines(key: string, value: unknown, column: number, json: boolean): string[] {
  const indent = ' '.repeat(column);
  if (json || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [indent + pairText(key, value, json)];
  }
  const inner = Object.entries(value).flatMap(([name, one]) => blockLines(name, one, column + STEP, json));
  const head = pairText(key, {}, json).replace(/ \{\}$/, '');
  return inner.length === 0 ? [`${indent}${head} ${flowText({}, json)}`] : [indent + head, ...inner];
}

/** The offset of a pair, its anchor and tag included. */
function startOf({ key, srcToken }: Pair): number {
  const own = rangeOf(key)[0];
  const props = srcToken?.start.filter(({ type }) => PROPERTIES.has(type)) ?? [];
  return Math.min(own, ...props.map(({ offset }) => offset));
}

const PROPERTIES: ReadonlySet<string> = new Set(['anchor', 'tag', 'explicit-key-ind']);

function lineOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function insertion(at: number, text: string): Change {
  return { start: at, end: at, text };
}

/** The offsets of a node, without its anchor and tag. */
export function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null)?.range;
  return range == null ? [0, 0] : [range[0], range[1]];
}
