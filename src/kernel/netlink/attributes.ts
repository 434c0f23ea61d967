/** Returns the attributes of a netlink message behind its fixed part, by type (linux/netlink.h, struct nlattr). */
export function attributesOf(message: Buffer, from: number): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  let at = from;
  while (at + 4 <= message.length) {
    const length = message.readUInt16LE(at);
    if (length < 4) break;
    // The two highest bits are flags.
    found.set(message.readUInt16LE(at + 2) & 0x3fff, message.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return found;
}

/** Returns a 32-bit number of the node's byte order. Every architecture that reader.pl knows by number has this one. */
export function numberOf(value: Buffer | undefined): number | undefined {
  return value !== undefined && value.length >= 4 ? value.readUInt32LE(0) : undefined;
}

/** Returns a text that ends with a NUL. */
export function textOf(value: Buffer | undefined): string | undefined {
  return value?.toString('latin1').replace(/\0.*$/s, '');
}

/** Returns an IP address in its usual writing, by its length. */
export function ipOf(value: Buffer): string {
  if (value.length < 16) return [...value.subarray(0, 4)].join('.');
  const groups = Array.from({ length: 8 }, (_, i) => value.readUInt16BE(2 * i).toString(16));
  const zeros = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return groups.join(':');
  const before = groups.join(':').slice(0, zeros.index).replace(/:$/, '');
  const after = groups
    .join(':')
    .slice(zeros.index + zeros[0].length)
    .replace(/^:/, '');
  return `${before}::${after}`;
}
