import { createHash } from 'node:crypto';

/** Returns the SHA-256 of a value that JSON can hold, in hexadecimal digits. The order of its keys counts. */
export function checksumOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
