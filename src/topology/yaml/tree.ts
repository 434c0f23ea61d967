import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, Pair, Scalar, YAMLMap } from 'yaml';
import type { Code } from '../../model/codes/registry.ts';
import { show } from '../show.ts';
import type { EntrySpans, SpansByNode, Span } from './places.ts';
import { DEEPEST } from './limits.ts';
import { emptyMapping } from './mapping.ts';

/** The most entries that aliases may add to a document: a limit for alias bombs, far above any real topology. */
const MOST_FROM_ALIASES = 100_000;

const PLAIN_TAGS = new Set(['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((t) => `tag:yaml.org,2002:${t}`));

/** Something wrong in the structure of the document. */
export interface Flaw {
  readonly code: Code;
  readonly summary: string;
  readonly span: Span;
  readonly hint?: string;
  readonly related?: { readonly message: string; readonly span: Span };
}

/** The plain value of a document: mappings without prototype, lists, strings, numbers, booleans and null. */
export interface Tree {
  readonly value: unknown;
  readonly places: SpansByNode;
  readonly flaws: readonly Flaw[];
}

interface Walk {
  readonly places: SpansByNode;
  readonly flaws: Flaw[];
  /** Anchors so far; a name that is used again means its latest anchor. */
  readonly anchors: Map<string, unknown>;
  /** The target of each alias at the point where it is written. */
  readonly targets: Map<Alias, unknown>;
  /** Anchored values being walked, to detect an alias inside its own anchor. */
  readonly open: Set<unknown>;
  /** Above 0 inside the value of an alias. */
  aliases: number;
  added: number;
  /** Set by a flaw after which nothing more is read. */
  stopped: boolean;
}

/** Converts the nodes of a document to plain values, and records the span of each. */
export function plainTree(contents: unknown): Tree {
  const walk: Walk = {
    places: new WeakMap(),
    flaws: [],
    anchors: new Map(),
    targets: new Map(),
    open: new Set(),
    aliases: 0,
    added: 0,
    stopped: false,
  };
  const value = plain(walk, contents, 0);
  return { value, places: walk.places, flaws: walk.flaws };
}

function plain(walk: Walk, node: unknown, depth: number): unknown {
  if (walk.stopped) return undefined;
  if (depth > DEEPEST) {
    stop(walk, 'NL019', 'values are nested too deeply', node);
    return undefined;
  }
  if (walk.aliases > 0 && ++walk.added > MOST_FROM_ALIASES) {
    stop(walk, 'NL015', `aliases expand to more than ${String(MOST_FROM_ALIASES)} values`, node);
    return undefined;
  }
  if (isAlias(node)) return aliased(walk, node, depth);
  if (isScalar(node)) return scalar(walk, node);
  if (!isMap(node) && !isSeq(node)) return null;
  checkTag(walk, node);
  if (node.anchor !== undefined && walk.aliases === 0) walk.anchors.set(node.anchor, node);
  walk.open.add(node);
  const value = isMap(node) ? mapping(walk, node, depth) : list(walk, node.items, depth);
  walk.open.delete(node);
  return value;
}

function scalar(walk: Walk, node: Scalar): unknown {
  checkTag(walk, node);
  if (node.anchor !== undefined && walk.aliases === 0) walk.anchors.set(node.anchor, node);
  return node.value;
}

function aliased(walk: Walk, node: Alias, depth: number): unknown {
  const target = walk.targets.get(node) ?? walk.anchors.get(node.source);
  if (target === undefined) {
    const hint = 'define it earlier in the same file: anchors are not visible in other files';
    flaw(walk, 'NL014', `there is no anchor ${show(node.source)} before this alias`, node, hint);
    return undefined;
  }
  if (walk.open.has(target)) {
    flaw(walk, 'NL014', `the alias ${show(node.source)} is inside its own anchor`, node);
    return undefined;
  }
  walk.targets.set(node, target);
  walk.aliases++;
  const value = plain(walk, target, depth + 1);
  walk.aliases--;
  return value;
}

function list(walk: Walk, items: readonly unknown[], depth: number): unknown[] {
  const places = new Map<number, EntrySpans>();
  const value = items.map((item, index) => {
    places.set(index, { value: spanOf(item) });
    return plain(walk, item, depth + 1);
  });
  walk.places.set(value, places);
  return value;
}

function mapping(walk: Walk, node: YAMLMap, depth: number): Record<string, unknown> {
  const value = emptyMapping();
  const places = new Map<string, EntrySpans>();
  const merged: Record<string, unknown>[] = [];
  for (const pair of node.items) {
    if (isMergeKey(pair)) {
      merged.push(...mergeSources(walk, pair, depth));
      continue;
    }
    const key = keyOf(walk, pair);
    if (key === undefined) continue;
    const first = places.get(key)?.key;
    if (first !== undefined) {
      if (walk.aliases > 0) continue;
      walk.flaws.push({
        code: 'NL013',
        summary: `the key ${show(key)} is given twice`,
        span: spanOf(pair.key),
        related: { message: 'first here', span: first },
      });
      continue;
    }
    places.set(key, { key: spanOf(pair.key), value: spanOf(pair.value) });
    value[key] = plain(walk, pair.value, depth + 1);
  }
  for (const source of merged) {
    for (const [key, inherited] of Object.entries(source)) {
      if (Object.hasOwn(value, key)) continue;
      value[key] = inherited;
      const place = walk.places.get(source)?.get(key);
      if (place !== undefined) places.set(key, place);
    }
  }
  walk.places.set(value, places);
  return value;
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

/** The mappings that a merge key merges: one, or a list, where the first takes precedence. */
function mergeSources(walk: Walk, pair: Pair, depth: number): Record<string, unknown>[] {
  const value = plain(walk, pair.value, depth + 1);
  const sources: unknown[] = Array.isArray(value) ? value : [value];
  if (sources.every(isMapping)) return sources;
  flaw(walk, 'NL021', 'the merge key << takes a mapping or a list of mappings', pair.key);
  return [];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyOf(walk: Walk, pair: Pair): string | undefined {
  const { key } = pair;
  if (isScalar(key)) {
    checkTag(walk, key);
    if (key.anchor !== undefined && walk.aliases === 0) walk.anchors.set(key.anchor, key);
    if (typeof key.value === 'string') return key.value;
    const hint = 'put it in quotes to make it a string';
    flaw(walk, 'NL018', `the key ${show(key.value ?? null)} is not a string`, key, hint);
  } else {
    flaw(walk, 'NL018', 'a key must be a plain string', key);
  }
  return undefined;
}

function checkTag(walk: Walk, node: { tag?: string | undefined }): void {
  if (node.tag === undefined || PLAIN_TAGS.has(node.tag)) return;
  const hint = 'leave the tag out; values are strings, numbers, booleans, lists and mappings';
  flaw(walk, 'NL020', `the YAML tag ${show(node.tag)} has no meaning here`, node, hint);
}

function stop(walk: Walk, code: Code, summary: string, node: unknown): void {
  walk.stopped = true;
  walk.flaws.push({ code, summary, span: spanOf(node) });
}

function flaw(walk: Walk, code: Code, summary: string, node: unknown, hint?: string): void {
  // Flaws in an alias's value are reported at its anchor.
  if (walk.aliases > 0) return;
  walk.flaws.push({ code, summary, span: spanOf(node), ...(hint === undefined ? {} : { hint }) });
}

function spanOf(node: unknown): Span {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range == null ? [0, 0] : [range[0], range[1]];
}
