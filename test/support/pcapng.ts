/** A packet of a capture. */
export interface Packet {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly length: number;
  readonly bytes: Buffer;
}

/** A capture file with one interface. */
export interface Capture {
  readonly linkType: number;
  /** The options of its interface as text, by code. */
  readonly options: ReadonlyMap<number, string>;
  readonly packets: readonly Packet[];
}

/** Reads pcapng, and throws unless every block has the form of the specification. It shares no code with netloom. */
export function readPcapng(bytes: Buffer): Capture {
  let linkType = -1;
  let options = new Map<number, string>();
  const packets: Packet[] = [];
  const types: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const type = bytes.readUInt32LE(at);
    const size = bytes.readUInt32LE(at + 4);
    if (size % 4 !== 0 || size !== bytes.readUInt32LE(at + size - 4)) throw new Error(`a block of ${String(size)}`);
    const body = bytes.subarray(at + 8, at + size - 4);
    if (type === 0x0a0d0d0a) {
      if (body.readUInt32LE(0) !== 0x1a2b3c4d || body.readUInt32LE(4) !== 1) throw new Error('not version 1.0');
      readOptions(body.subarray(16));
    } else if (type === 1) {
      linkType = body.readUInt16LE(0);
      options = readOptions(body.subarray(8));
    } else if (type === 6) {
      const captured = body.readUInt32LE(12);
      if (body.readUInt32LE(0) !== 0 || captured > body.length - 20) throw new Error('a packet of another interface');
      const time = Number((BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8)));
      packets.push({ time, length: body.readUInt32LE(16), bytes: body.subarray(20, 20 + captured) });
    } else throw new Error(`a block of type ${String(type)}`);
    types.push(type);
    at += size;
  }
  if (types[0] !== 0x0a0d0d0a || types[1] !== 1) throw new Error('it does not begin with a section and an interface');
  return { linkType, options, packets };
}

function readOptions(bytes: Buffer): Map<number, string> {
  const found = new Map<number, string>();
  for (let at = 0; ;) {
    const code = bytes.readUInt16LE(at);
    const size = bytes.readUInt16LE(at + 2);
    if (code === 0) {
      if (size !== 0 || at + 4 !== bytes.length) throw new Error('options do not end where they should');
      return found;
    }
    found.set(code, bytes.subarray(at + 4, at + 4 + size).toString());
    at += 4 + size + ((4 - (size % 4)) % 4);
  }
}
