import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The members of a gzip file. The file's text is that of all members, one after the other (RFC 1952). */
export type Zipped = readonly Uint8Array[];

/** Compresses a text to a member, at the fastest level: states are long and alike. */
export function zipped(text: string | Uint8Array): Promise<Uint8Array> {
  return promisify<string | Uint8Array, { level: number }, Buffer>(gzip)(text, { level: 1 });
}
