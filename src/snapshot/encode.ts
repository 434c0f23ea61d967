import { kindOf } from '../kinds/registry.ts';
import type { NodeFacts } from '../model/kind.ts';
import { addressOf, kindWord, type Observed } from '../model/resource.ts';
import type { FactsByKind, State } from '../model/state.ts';
import { checksumOf } from './checksum.ts';

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
 */
export function encodeState(
  { topology, nodes }: State,
  { version, time }: Recorded,
  open: ReadonlySet<string>,
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
  return `${JSON.stringify({ ...body, checksum: checksumOf(body) }, null, 1)}\n`;
}

function byWord(facts: FactsByKind): Readonly<Record<string, NodeFacts>> {
  return Object.fromEntries([...facts].map(([kind, known]) => [kindWord(kind), known]));
}

function listed(objects: readonly Observed[], open: ReadonlySet<string>): readonly object[] {
  const byAddress = new Map(objects.map((object) => [addressOf(object), object]));
  return [...byAddress.keys()].sort().flatMap((address) => {
    const object = byAddress.get(address);
    return object ? [recorded(object, open)] : [];
  });
}

/** What the kind alone knows of an object, such as the pid of a daemon, is of one moment and is not recorded. */
function recorded({ node: _node, facts: _facts, spec, ...rest }: Observed, open: ReadonlySet<string>): object {
  const sealed = open.has(rest.name) ? undefined : kindOf(rest.kind).sealed?.(spec);
  return { ...rest, spec: sealed ?? spec };
}
