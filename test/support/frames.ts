import type { TestNode } from './node.ts';

export const BROADCAST = 'ff:ff:ff:ff:ff:ff';

function mac(text: string): Buffer {
  return Buffer.from(text.replaceAll(':', ''), 'hex');
}

function ip(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

function number16(...values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
}

/** Returns an Ethernet frame, by default a broadcast; `tags` are the types of its VLAN tags. */
export function ethernet(
  from: string,
  type: number,
  payload: Buffer,
  tags: readonly number[] = [],
  to = BROADCAST,
): Buffer {
  return Buffer.concat([mac(to), mac(from), ...tags.map((tag) => number16(tag, 7)), number16(type), payload]);
}

/** Writes the checksum of IPv4 and ICMP into bytes that have none. */
function withChecksum(bytes: Buffer, at: number): Buffer {
  bytes.writeUInt16BE(0, at);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += bytes.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  bytes.writeUInt16BE(~sum & 0xffff, at);
  return bytes;
}

/** Returns an IPv4 packet of any protocol. */
function ipv4(from: string, to: string, protocol: number, payload: Buffer): Buffer {
  const header = number16(0x4500, 20 + payload.length, 1, 0, 0x4000 + protocol, 0);
  return Buffer.concat([withChecksum(Buffer.concat([header, ip(from), ip(to)]), 10), payload]);
}

/** Returns a UDP datagram over IPv4, without a UDP checksum. */
export function udp(
  from: string,
  to: string,
  ports: readonly [number, number] = [4000, 4001],
  payload: Buffer = Buffer.alloc(8),
): Buffer {
  return ipv4(from, to, 17, Buffer.concat([number16(...ports, 8 + payload.length, 0), payload]));
}

/**
 * Returns a DHCP message from a client (RFC 2131), of an even length: by default a DHCPDISCOVER; 7 is a DHCPRELEASE,
 * which names the client's address and its server. `mark` is in its boot file name.
 */
export function dhcp(
  client: string,
  {
    type = 1,
    address = '0.0.0.0',
    server,
    mark = '',
  }: Partial<Record<'address' | 'server' | 'mark', string>> & {
    readonly type?: number;
  } = {},
): Buffer {
  const fixed = Buffer.concat([Buffer.from([1, 1, 6, 0]), number16(0, 1, 0, 0), ip(address), Buffer.alloc(12)]);
  const names = Buffer.concat([mac(client), Buffer.alloc(10 + 64), Buffer.from(mark.padEnd(128, '\0'))]);
  const options = [0x63, 0x82, 0x53, 0x63, 53, 1, type, ...(server ? [54, 4, ...ip(server)] : []), 255];
  return Buffer.concat([fixed, names, Buffer.from(options), Buffer.alloc(60 + (options.length % 2))]);
}

/** Returns the ICMP error "port unreachable" about a datagram of an even length. */
export function icmpError(from: string, about: Buffer): Buffer {
  const to = [...about.subarray(12, 16)].join('.');
  return ipv4(from, to, 1, withChecksum(Buffer.concat([number16(0x303, 0, 0, 0), about]), 2));
}

/**
 * Returns a fragment of a datagram: from a byte that is a multiple of 8, with the given number of bytes or all that are
 * left.
 */
export function part(datagram: Buffer, start: number, bytes?: number): Buffer {
  const payload = datagram.subarray(20 + start, bytes === undefined ? undefined : 20 + start + bytes);
  const header = Buffer.from(datagram.subarray(0, 20));
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt16BE((bytes === undefined ? 0 : 0x2000) | (start / 8), 6);
  return Buffer.concat([withChecksum(header, 10), payload]);
}

/** Returns an ARP message; 1 is a request, 2 a reply. */
export function arp(operation: 1 | 2, sender: readonly [string, string], target: string): Buffer {
  const [hardware, protocol] = sender;
  return Buffer.concat([number16(1, 0x800, 0x604, operation), mac(hardware), ip(protocol), mac(BROADCAST), ip(target)]);
}

// The ifindex of eth0, and a socket for all its frames (packet(7), netdevice(7)).
const SOCKET = String.raw`use strict; $| = 1;
socket(my $s, 17, 3, unpack 'n', pack 'S', 3) or die "socket: $!";
ioctl($s, 0x8933, my $request = pack 'Z16 x24', 'eth0') or die "eth0: $!";
my $index = unpack 'x16 l', $request;
bind($s, pack 'S n l x12', 17, 3, $index) or die "bind: $!";
`;

const LISTEN = String.raw`${SOCKET}
setsockopt $s, 1, 8, pack 'l', 1 << 20;
print "ready\n";
while (1) {
  vec(my $readable = '', fileno $s, 1) = 1;
  select($readable, undef, undef, 15) or last;
  my $from = recv $s, my $frame, 2000, 0;
  next if (unpack 'x10 C', $from) == 4;
  my ($name) = $frame =~ /<([^<>]+)>$/ or next;
  print "$name\n";
  last if $name eq 'end';
}`;

const SEND = String.raw`${SOCKET}
for (<STDIN>) { chomp; defined send $s, pack('H*', $_), 0 or die "send: $!"; select undef, undef, undef, $ARGV[0]; }`;

/** Frames by name; the name is also the end of the frame. */
export type Frames = Readonly<Record<string, Buffer>>;

/** Frames sent at `eth0` of one namespace and received at `eth0` of another. */
export interface Sending {
  readonly from: string;
  readonly to: string;
  readonly frames: Frames;
  /** The last frame, which must arrive. No frame follows it. */
  readonly last: Buffer;
  /** Seconds between two frames. */
  readonly pause?: number;
}

/** Starts to send in the background. */
export async function send(node: TestNode, { from, to, frames, last, pause = 0 }: Sending): Promise<void> {
  const lines = Object.entries({ ...frames, end: last }).map(([name, frame]) =>
    Buffer.concat([frame, Buffer.from(`<${name}>`)]).toString('hex'),
  );
  await node.sh(`
    cat >/tmp/listen.pl <<'X'\n${LISTEN}\nX
    cat >/tmp/send.pl <<'X'\n${SEND}\nX
    cat >/tmp/frames <<'X'\n${lines.join('\n')}\nX
    : >/tmp/heard; rm -f /tmp/all-heard
    (nsenter --net=${to} perl /tmp/listen.pl; : >/tmp/all-heard) >/tmp/heard 2>&1 </dev/null 9<&- &
    while ! grep -q ready /tmp/heard; do sleep 0.01; done
    nsenter --net=${from} perl /tmp/send.pl ${pause} </tmp/frames >/tmp/sent 2>&1 9<&- &`);
}

/** Returns the names of the frames that arrived, after all have been sent. */
export async function heard(node: TestNode): Promise<string[]> {
  const said = await node.sh('while [ ! -e /tmp/all-heard ]; do sleep 0.01; done; cat /tmp/sent /tmp/heard');
  const names = said.split('\n').filter((name) => name !== '' && name !== 'ready');
  if (names.at(-1) !== 'end') throw new Error(`the last frame did not arrive, after ${names.join(', ')}`);
  return names.slice(0, -1);
}
