import { parse, v5 } from 'uuid';
import { originalPath } from '../topology/renames.ts';
import type { Topology } from '../topology/types.gen.ts';

/** The UUID namespace of all derived ids. It must never change: every existing object would get another id. */
const NETLOOM = parse('5d3b0f5e-6f6a-5c0e-9a53-6e65746c6f6d');

/**
 * Returns the id of an object without one in the file: UUIDv5 of the topology's name and the names on the object's
 * path. Positions are not part of it, so sorting the file changes no id. Names contain no slash, so paths are
 * unambiguous.
 */
export function deriveId(topology: string, path: readonly string[]): string {
  // Given as bytes: the package converts text one character at a time, which is slow.
  return v5(Buffer.from([topology, ...path].join('/')), NETLOOM);
}

/** Returns the derived id of the object at a path of a document, by the keys under which its entries were created. */
export function idAt(doc: Topology, path: readonly string[]): string {
  return deriveId(doc.name, originalPath(doc, path));
}
