import { kindOf } from '../kinds/registry.ts';
import type { NodeFacts } from '../model/kind.ts';
import { addressOf, kindWord, type Observed } from '../model/resource.ts';
import type { FactsByKind, State } from '../model/state.ts';
import { checksumOf, checksumOfText } from './checksum.ts';

/** The version of the document: readers of another first number refuse it. */
export const STATE_VERSION = '1.1';

/** When and by what a state was recorded. */
export interface Recorded {
  /** Of netloom. */
  readonly version: string;
  readonly time: Date;
}

/**
 * Returns a state as the text of a file (schemas/state.schema.json). Equal states have equal texts but for the time.
 * What only root may read on the node is not in it: its size and SHA-256 replace it.
 * @param open names of objects that are written whole, although only root may read them on the node
 * @param layout that of `documentText`
 */
export function encodeState(
  { topology, nodes }: State,
  { version, time }: Recorded,
  open: ReadonlySet<string>,
  layout: Layout = 'lines',
): string {
  const body = {
    type: 'state',
    format_version: STATE_VERSION,
    netloom: version,
    topology,
    time: time.toISOString(),
    nodes: Object.fromEntries(
      [...nodes].map(([name, { objects, facts, tables }]) => [
        name,
        { facts: byWord(facts), objects: listed(objects, open), ...(tables && { tables }) },
      ]),
    ),
  };
  return documentText(body, layout);
}

/** `lines`: for a reader. `line`: for netloom alone; it is written in half the time. */
export type Layout = 'lines' | 'line';

/** Returns the text of a document, with a checksum of all of it. */
export function documentText(body: object, layout: Layout = 'lines'): string {
  if (layout === 'lines') return linesOf({ ...body, checksum: checksumOf(body) });
  const text = JSON.stringify(body);
  return `${text.slice(0, -1)},"checksum":"${checksumOfText(text)}"}\n`;
}

/** Returns the text of a document as lines, which do not count for its checksum. */
export function linesOf(document: object): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}

function byWord(facts: FactsByKind): Readonly<Record<string, NodeFacts>> {
  return Object.fromEntries([...facts].map(([kind, known]) => [kindWord(kind), known]));
}

function listed(objects: readonly Observed[], open: ReadonlySet<string>): readonly object[] {
  const byAddress = new Map(objects.map((object) => [addressOf(object), object]));
  return [...byAddress.keys()].sort().flatMap((address) => {
    const object = byAddress.get(address);
    return object ? [recordedObject(object, open.has(object.name))] : [];
  });
}

/** Returns an object as JSON, without its node. What only root may read is sealed unless it is `open`. */
export function recordedObject(object: Observed, open = false): object {
  const { node: _, ...rest } = sealedObject(object, open);
  return rest;
}

/**
 * Returns an object as it is recorded. What the kind alone knows of it, such as the pid of a daemon, is of one moment
 * and is not recorded; what only root may read is sealed unless it is `open`.
 */
export function sealedObject({ facts: _, spec, ...rest }: Observed, open = false): Observed {
  const sealed = open ? undefined : kindOf(rest.kind).sealed?.(spec);
  return { ...rest, spec: sealed ?? spec };
}
