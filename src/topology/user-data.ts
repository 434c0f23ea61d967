import type { Metadata } from './types.gen.ts';

/** The largest user data of an instance, in bytes. */
export const LARGEST_USER_DATA = 64 * 1024;

/** The hint for user data that is too large. */
export const COMPRESS = 'compress it (cloud-init reads gzip), or let it fetch the rest';

/** The fields of `metadata` that give user data; an instance has one of them at most. */
export const USER_DATA_FIELDS = ['user_data', 'user_data_base64', 'user_data_file'] as const;

/** An instance's user data as bytes, from the field that is given. `file` is the content of its `user_data_file`. */
export function userDataOf(
  { user_data: text, user_data_base64: base64, user_data_file: path }: Metadata,
  file?: Uint8Array,
): Uint8Array | undefined {
  if (path !== undefined) return file;
  if (text !== undefined) return Buffer.from(text, 'utf8');
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/** True for padded base64 in the standard alphabet, with white space anywhere. */
export function isBase64(text: string): boolean {
  const packed = text.replace(/\s+/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}
