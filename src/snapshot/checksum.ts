import { createHash } from 'node:crypto';

/** Returns the SHA-256 of a value that JSON can hold, in hexadecimal digits. The order of its keys counts. */
export function checksumOf(value: unknown): string {
  return checksumOfText(JSON.stringify(value));
}

/** Returns the SHA-256 of the JSON of a value, as `JSON.stringify` writes it. */
export function checksumOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
