import { sha1 } from '../net/sha.ts';
import { originalPath } from '../topology/renames.ts';
import type { Topology } from '../topology/types.gen.ts';

/** The UUID namespace of all derived ids. It must never change: every existing object would get another id. */
const NETLOOM = Buffer.from('5d3b0f5e6f6a5c0e9a536e65746c6f6d', 'hex');

/**
 * Returns the id of an object without one in the file: UUIDv5 of the topology's name and the names on the object's
 * path. Positions are not part of it, so sorting the file changes no id. Names contain no slash, so paths are
 * unambiguous.
 */
export function deriveId(topology: string, path: readonly string[]): string {
  const hash = sha1(Buffer.concat([NETLOOM, Buffer.from([topology, ...path].join('/'))]));
  // The version, 5, and the variant of RFC 9562.
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(hash.buffer, 0, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Returns the derived id of the object at a path of a document, by the keys under which its entries were created. */
export function idAt(doc: Topology, path: readonly string[]): string {
  return deriveId(doc.name, originalPath(doc, path));
}
