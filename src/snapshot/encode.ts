import { kindOf } from '../kinds/registry.ts';
import type { NodeFacts } from '../model/kind.ts';
import { addressOf, kindWord, type Address, type Observed } from '../model/resource.ts';
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
  const head = {
    type: 'state',
    format_version: STATE_VERSION,
    netloom: version,
    topology,
    time: time.toISOString(),
  };
  if (layout === 'line') {
    const texts = [...nodes].map(([name, { objects, facts, tables }]) => {
      const seen = sorted(objects).map((object) => objectText(object, open.has(object.name)));
      const tail = tables ? `,"tables":${JSON.stringify(tables)}` : '';
      const known = `"facts":${JSON.stringify(byWord(facts))},"objects":[${seen.join(',')}]`;
      return `${JSON.stringify(name)}:{${known}${tail}}`;
    });
    return withChecksum(`${JSON.stringify(head).slice(0, -1)},"nodes":{${texts.join(',')}}}`);
  }
  const body = {
    ...head,
    nodes: Object.fromEntries(
      [...nodes].map(([name, { objects, facts, tables }]) => {
        const seen = sorted(objects).map((object) => recordedObject(object, open.has(object.name)));
        return [name, { facts: byWord(facts), objects: seen, ...(tables && { tables }) }];
      }),
    ),
  };
  return documentText(body);
}

/** `lines`: for a reader. `line`: for netloom alone; it is written in half the time. */
export type Layout = 'lines' | 'line';

/** Returns the text of a document, with a checksum of all of it. */
export function documentText(body: object, layout: Layout = 'lines'): string {
  if (layout === 'lines') return linesOf({ ...body, checksum: checksumOf(body) });
  return withChecksum(JSON.stringify(body));
}

/** Returns the text of a document from that of its object. */
function withChecksum(text: string): string {
  return `${text.slice(0, -1)},"checksum":"${checksumOfText(text)}"}\n`;
}

/** Returns the text of a document as lines, which do not count for its checksum. */
export function linesOf(document: object): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}

function byWord(facts: FactsByKind): Readonly<Record<string, NodeFacts>> {
  return Object.fromEntries([...facts].map(([kind, known]) => [kindWord(kind), known]));
}

/** The addresses and texts of objects: a watch records the same ones again and again. */
const addresses = new WeakMap<Observed, Address>();
const texts = new WeakMap<Observed, string>();

/** Sorts objects by address. Of two with one address the later one stays. */
function sorted(objects: readonly Observed[]): readonly Observed[] {
  const byAddress = new Map(objects.map((object) => [valueOf(addresses, object, addressOf), object]));
  return [...byAddress.keys()].sort().flatMap((address) => byAddress.get(address) ?? []);
}

/** Returns the JSON of an object as it is recorded. */
function objectText(object: Observed, open: boolean): string {
  const text = (): string => JSON.stringify(recordedObject(object, open));
  return open ? text() : valueOf(texts, object, text);
}

function valueOf<V>(map: WeakMap<Observed, V>, object: Observed, make: (object: Observed) => V): V {
  const known = map.get(object);
  if (known !== undefined) return known;
  const made = make(object);
  map.set(object, made);
  return made;
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
