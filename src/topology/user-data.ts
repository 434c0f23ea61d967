import type { Metadata } from './types.gen.ts';

/** The most user data an instance can have, in bytes. */
export const LARGEST_USER_DATA = 64 * 1024;

/** An instance's user data as bytes, from whichever of its two forms is given. */
export function userDataOf({ user_data: text, user_data_base64: base64 }: Metadata): Uint8Array | undefined {
  if (text !== undefined) return Buffer.from(text, 'utf8');
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/** Base64 in the usual alphabet, padded; white space may stand anywhere. */
export function isBase64(text: string): boolean {
  const packed = text.replace(/\s+/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
