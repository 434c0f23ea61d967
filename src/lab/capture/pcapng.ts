import { Transform, type TransformCallback } from 'node:stream';

/*
 * tcpdump writes the classic pcap format. Its header has one link type and no name; pcapng has the interface, the
 * filter and the program, and is the default format of Wireshark. Block types, options and padding are those of
 * draft-ietf-opsawg-pcapng.
 */

/** What a capture file says about the interface on which its packets were seen. */
export interface CaptureInterface {
  /** The device. */
  readonly name: string;
  /** Where it is. */
  readonly description: string;
  /** The filter in the words of pcap-filter(7); empty: none. */
  readonly filter: string;
}

const BLOCK = { section: 0x0a0d0d0a, interface: 1, packet: 6 } as const;
const OPTION = { end: 0, name: 2, description: 3, userApplication: 4, resolution: 9, filter: 11 } as const;

/** The magic numbers of a pcap file with microseconds, as both byte orders read it. */
const MAGIC = Buffer.from('d4c3b2a1', 'hex');
const MAGIC_SWAPPED = Buffer.from('a1b2c3d4', 'hex');

const FILE_HEADER = 24;
const PACKET_HEADER = 16;

/** More than the largest packet that tcpdump writes (its MAXIMUM_SNAPLEN is 262144). */
const LARGEST = 1 << 20;

/**
 * Returns a stream that takes a pcap file in pieces of any size and gives the same packets as pcapng.
 * @param onPacket called for each packet
 * @returns a stream that fails if its input is no pcap file with microseconds
 */
export function toPcapng(device: CaptureInterface, application: string, onPacket: () => void): Transform {
  let rest: Buffer = Buffer.alloc(0);
  let order: ByteOrder | undefined;
  return new Transform({
    transform(chunk: Buffer, _, done: TransformCallback) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const blocks: Buffer[] = [];
      try {
        if (order === undefined) {
          if (rest.length < FILE_HEADER) {
            done();
            return;
          }
          order = orderOf(rest);
          blocks.push(sectionBlock(application), interfaceBlock(device, header(rest, order)));
          rest = rest.subarray(FILE_HEADER);
        }
        for (;;) {
          const size = packetSize(rest, order);
          if (size === undefined) break;
          blocks.push(packetBlock(rest.subarray(0, size), order));
          rest = rest.subarray(size);
          onPacket();
        }
      } catch (error) {
        done(error as Error);
        return;
      }
      done(null, Buffer.concat(blocks));
    },
    flush(done) {
      // tcpdump was killed while it wrote; what is whole was passed on.
      done();
    },
  });
}

/** Reads a 32-bit number at an offset. */
type ByteOrder = (bytes: Buffer, offset: number) => number;

const little: ByteOrder = (bytes, offset) => bytes.readUInt32LE(offset);
const big: ByteOrder = (bytes, offset) => bytes.readUInt32BE(offset);

function orderOf(bytes: Buffer): ByteOrder {
  const magic = bytes.subarray(0, MAGIC.length);
  if (magic.equals(MAGIC)) return little;
  if (magic.equals(MAGIC_SWAPPED)) return big;
  throw new Error(`not a capture of tcpdump with microseconds: it begins with ${magic.toString('hex')}`);
}

/** The upper bits of the field tell of a frame check sequence. */
function header(bytes: Buffer, order: ByteOrder): { readonly linkType: number; readonly length: number } {
  return { length: order(bytes, 16), linkType: order(bytes, 20) & 0xffff };
}

/** Returns the size of the packet at the beginning with its header; `undefined` if it is not complete yet. */
function packetSize(bytes: Buffer, order: ByteOrder): number | undefined {
  if (bytes.length < PACKET_HEADER) return undefined;
  const captured = order(bytes, 8);
  if (captured > LARGEST) throw new Error(`a packet of ${String(captured)} bytes: the capture of tcpdump is damaged`);
  return bytes.length < PACKET_HEADER + captured ? undefined : PACKET_HEADER + captured;
}

function sectionBlock(application: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  // Version 1.0; the length of the section is unknown.
  body.writeBigInt64LE(-1n, 8);
  return block(BLOCK.section, body, options([OPTION.userApplication, text(application)]));
}

function interfaceBlock(
  { name, description, filter }: CaptureInterface,
  { linkType, length }: { readonly linkType: number; readonly length: number },
): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkType, 0);
  body.writeUInt32LE(length, 4);
  const all: Option[] = [
    [OPTION.name, text(name)],
    [OPTION.description, text(description)],
    // Times are in units of 10 to the power of -6 seconds.
    [OPTION.resolution, Buffer.from([6])],
  ];
  // The first byte says that the filter is text of libpcap.
  if (filter !== '') all.push([OPTION.filter, Buffer.concat([Buffer.from([0]), text(filter)])]);
  return block(BLOCK.interface, body, options(...all));
}

function packetBlock(packet: Buffer, order: ByteOrder): Buffer {
  const microseconds = order(packet, 0) * 1e6 + order(packet, 4);
  const body = Buffer.alloc(20);
  body.writeUInt32LE(Math.floor(microseconds / 2 ** 32), 4);
  body.writeUInt32LE(microseconds % 2 ** 32, 8);
  body.writeUInt32LE(order(packet, 8), 12);
  body.writeUInt32LE(order(packet, 12), 16);
  return block(BLOCK.packet, body, padded(packet.subarray(PACKET_HEADER)));
}

type Option = readonly [code: number, value: Buffer];

function options(...all: readonly Option[]): Buffer {
  const each = [...all, [OPTION.end, Buffer.alloc(0)] as const].flatMap(([code, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(code, 0);
    head.writeUInt16LE(value.length, 2);
    return [head, padded(value)];
  });
  return Buffer.concat(each);
}

/** The longest text of an option, whose length is a 16-bit number. */
const LONGEST = 60_000;

function text(value: string): Buffer {
  return Buffer.from(value).subarray(0, LONGEST);
}

function block(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  const tail = Buffer.alloc(4);
  head.writeUInt32LE(type, 0);
  for (const [bytes, offset] of [
    [head, 4],
    [tail, 0],
  ] as const)
    bytes.writeUInt32LE(body.length + 12, offset);
  return Buffer.concat([head, body, tail]);
}

/** Fields begin at multiples of four bytes. */
function padded(bytes: Buffer): Buffer {
  const missing = (4 - (bytes.length % 4)) % 4;
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
}
