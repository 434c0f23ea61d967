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
  const hash = Buffer.from(sha1(Buffer.concat([NETLOOM, Buffer.from([topology, ...path].join('/'))])));
  // The version, 5, and the variant of RFC 9562.
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Returns the derived id of the object at a path of a document, by the keys under which its entries were created. */
export function idAt(doc: Topology, path: readonly string[]): string {
  return deriveId(doc.name, originalPath(doc, path));
}
