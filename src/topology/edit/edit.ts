import { isAlias, isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { hasErrors } from '../../model/diagnostic.ts';
import { dropExtensions } from '../schema/extensions.ts';
import type { Path } from '../valid.ts';
import { parseYaml } from '../yaml/parse.ts';
import { addPairs, rangeOf, type Addition, type Source } from './add-pairs.ts';
import { withChanges, type Change } from './change.ts';
import { flowMapping, flowText, pairText } from './flow.ts';
import { differenceOf } from './same.ts';

/** Values of a document: mappings, lists and scalars. */
export type Mapping = Readonly<Record<string, unknown>>;

/** The usual order of the fields of a mapping, by its path; new fields are put between old ones accordingly. */
export type FieldOrder = (path: Path) => readonly string[];

/** An edited text, or the first path that cannot have its value in it. */
export type Edited =
  | { readonly text: string }
  | {
      readonly refused: Path;
      /** True if the path would have another value, because an anchor that it uses gets new fields. */
      readonly inherited: boolean;
    };

/**
 * Changes the text of a file so that it means `desired`, which has more fields or other values than before. Only the
 * stretches of those fields change: comments, quotes, line breaks and the order of keys stay. A field of an alias or of
 * a merged mapping is written where it is used, so that no other user of the anchor gets it.
 */
export function editYaml(text: string, file: string, desired: Mapping, order: FieldOrder): Edited {
  const before = rootOf(text, file);
  if (before === undefined) throw new Error(`${file} does not parse`);
  const { contents } = parseDocument(text, { merge: false, uniqueKeys: false, keepSourceTokens: true });
  if (!isMap(contents)) throw new Error(`${file} holds no mapping`);
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const edit: Edit = { source: { text, json: isJson(contents), newline }, order, changes: [] };
  const refused = editMapping(edit, contents, before, desired, []);
  if (refused !== undefined) return { refused, inherited: false };
  const edited = withChanges(text, edit.changes);
  const after = rootOf(edited, file);
  const wrong = after === undefined ? [] : differenceOf(after, desired);
  return wrong === undefined ? { text: edited } : { refused: wrong, inherited: true };
}

function rootOf(text: string, file: string): Mapping | undefined {
  const { parsed, diagnostics } = parseYaml(text, file);
  if (parsed === undefined || hasErrors(diagnostics)) return undefined;
  dropExtensions(parsed.root);
  return parsed.root;
}

function isJson(contents: YAMLMap): boolean {
  const key = contents.items[0]?.key;
  return contents.flow === true && isScalar(key) && key.type === 'QUOTE_DOUBLE';
}

interface Edit {
  readonly source: Source;
  readonly order: FieldOrder;
  readonly changes: Change[];
}

/** Edits a mapping that stands in the text. Returns the path that cannot be edited. */
function editMapping(edit: Edit, map: YAMLMap, before: Mapping, desired: Mapping, path: Path): Path | undefined {
  const additions: Addition[] = [];
  for (const [key, value] of Object.entries(desired)) {
    const below = [...path, key];
    if (Object.hasOwn(before, key) && differenceOf(before[key], value) === undefined) continue;
    const pair = pairOf(map, key);
    if (pair === undefined) {
      additions.push({ key, value });
      continue;
    }
    const refused = editValue(edit, pair.value, before[key], value, below);
    if (refused !== undefined) return refused;
  }
  const removed = Object.keys(before).find((key) => !Object.hasOwn(desired, key));
  if (removed !== undefined) {
    // A field that takes the place of another.
    const pair = pairOf(map, removed);
    const [addition, another] = additions;
    if (pair === undefined || addition === undefined || another !== undefined) return [...path, removed];
    const [start] = rangeOf(pair.key);
    const [, end] = rangeOf(pair.value);
    edit.changes.push({ start, end, text: pairText(addition.key, addition.value, edit.source.json) });
    return undefined;
  }
  if (additions.length > 0) edit.changes.push(...addPairs(edit.source, map, additions, edit.order(path)));
  return undefined;
}

function editValue(edit: Edit, node: unknown, before: unknown, desired: unknown, path: Path): Path | undefined {
  const { source, changes } = edit;
  const [start, end] = rangeOf(node);
  if (isMap(node) && isMapping(before) && isMapping(desired)) return editMapping(edit, node, before, desired, path);
  if (isSeq(node) && Array.isArray(before) && Array.isArray(desired) && before.length === desired.length) {
    for (const [index, item] of node.items.entries()) {
      if (differenceOf(before[index], desired[index]) === undefined) continue;
      const refused = editValue(edit, item, before[index], desired[index], [...path, index]);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }
  if (isAlias(node) && isMapping(before) && isMapping(desired)) {
    const own = Object.entries(desired).filter(([key, value]) => differenceOf(before[key], value) !== undefined);
    const pairs = own.map(([key, value]) => pairText(key, value, source.json));
    changes.push({ start, end, text: flowMapping([`<<: *${node.source}`, ...pairs]) });
    return undefined;
  }
  const old = source.text.slice(start, end);
  if (end <= start || (isCollection(node) && node.flow !== true) || /[\n#&*]/.test(old)) return path;
  changes.push({ start, end, text: flowText(desired, source.json) });
  return undefined;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key && !isMerge(pair));
}

/** A plain `<<`; a quoted one is an ordinary key. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
