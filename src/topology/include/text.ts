/** The largest topology file, in bytes. A topology of ten thousand ports is about 2 MiB. */
export const LARGEST_TOPOLOGY = 8 * 1024 * 1024;

/** Decodes UTF-8 and drops a byte order mark; `undefined` if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
