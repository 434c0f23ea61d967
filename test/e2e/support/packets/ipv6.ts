/** A link-local address, and the all-nodes address of the link. */
const ALL_NODES = 'ff020000000000000000000000000001';

/** Returns the link-local address derived from a MAC, in hexadecimal. */
function linkLocal(mac: string): string {
  const bytes = mac.split(':').map((part) => Number.parseInt(part, 16));
  const [first = 0, second = 0, third = 0, ...rest] = bytes;
  const id = Buffer.from([first ^ 2, second, third, 0xff, 0xfe, ...rest]);
  return `fe80000000000000${id.toString('hex')}`;
}

function packet(source: string, next: number, payload: Buffer): Buffer {
  const header = Buffer.from(`60000000000000ff${source}${ALL_NODES}`, 'hex');
  header.writeUInt16BE(payload.length, 4);
  header.writeUInt8(next, 6);
  const sum = Buffer.alloc(8);
  sum.writeUInt32BE(payload.length);
  sum.writeUInt32BE(next, 4);
  // The checksum is the third pair of bytes of ICMPv6, the fourth of UDP.
  payload.writeUInt16BE(checksum(Buffer.concat([header.subarray(8), sum, payload])), next === 58 ? 2 : 6);
  return Buffer.concat([header, payload]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

/**
 * Returns an ICMPv6 message of 48 bytes to all nodes: type 134 is a router advertisement, 135 a neighbour solicitation.
 */
export function icmp6(mac: string, type: number, text: string): Buffer {
  const payload = Buffer.alloc(48);
  payload.writeUInt8(type);
  payload.write(text, 20);
  return packet(linkLocal(mac), 58, payload);
}

/** Returns a UDP datagram over IPv6 to all nodes. */
export function udp6(mac: string, [from, to]: readonly [number, number], text: string): Buffer {
  const payload = Buffer.alloc(32);
  payload.writeUInt16BE(from);
  payload.writeUInt16BE(to, 2);
  payload.writeUInt16BE(payload.length, 4);
  payload.write(text, 10);
  return packet(linkLocal(mac), 17, payload);
}
