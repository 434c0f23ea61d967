import { parse, v5 } from 'uuid';

/** The UUID namespace of everything netloom names. Fixed for ever: another one would rename every object there is. */
const NETLOOM = parse('5d3b0f5e-6f6a-5c0e-9a53-6e65746c6f6d');

/**
 * The id of an object that gives none: UUIDv5 of the topology's name and the names on the object's path. Positions play
 * no part, so nothing changes when the file is sorted. Names hold no slash, so no two paths read the same.
 */
export function deriveId(topology: string, path: readonly string[]): string {
  // As bytes: the package turns text into them one by one.
  return v5(Buffer.from([topology, ...path].join('/')), NETLOOM);
}
