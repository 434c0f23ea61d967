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

/** An Ethernet frame; tags of VLANs are given by their type. */
export function ethernet(from: string, type: number, payload: Buffer, tags: readonly number[] = []): Buffer {
  return Buffer.concat([mac(BROADCAST), mac(from), ...tags.map((tag) => number16(tag, 7)), number16(type), payload]);
}

/** A UDP datagram over IPv4, with no checksum of its own. */
export function udp(from: string, to: string, ports: readonly [number, number] = [4000, 4001]): Buffer {
  const header = Buffer.concat([number16(0x4500, 36, 1, 0, 0x4011, 0), ip(from), ip(to)]);
  let sum = 0;
  for (let i = 0; i < header.length; i += 2) sum += header.readUInt16BE(i);
  header.writeUInt16BE(~((sum & 0xffff) + (sum >> 16)) & 0xffff, 10);
  return Buffer.concat([header, number16(...ports, 16, 0), Buffer.alloc(8)]);
}

/** An ARP message; 1 is a request, 2 a reply. */
export function arp(operation: 1 | 2, sender: readonly [string, string], target: string): Buffer {
  const [hardware, protocol] = sender;
  return Buffer.concat([number16(1, 0x800, 0x604, operation), mac(hardware), ip(protocol), mac(BROADCAST), ip(target)]);
}

// The number of eth0, and a socket for all frames of it (packet(7), netdevice(7)).
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
  vec(my $wanted = '', fileno $s, 1) = 1;
  select($wanted, undef, undef, 15) or last;
  my $from = recv $s, my $frame, 2000, 0;
  next if (unpack 'x10 C', $from) == 4;
  my ($name) = $frame =~ /<([^<>]+)>$/ or next;
  print "$name\n";
  last if $name eq 'end';
}`;

const SEND = String.raw`${SOCKET}
for (<STDIN>) { chomp; defined send $s, pack('H*', $_), 0 or die "send: $!"; select undef, undef, undef, $ARGV[0]; }`;

/** Frames by their names, which are written at their ends. */
export type Frames = Readonly<Record<string, Buffer>>;

/** Frames at `eth0` of one namespace, listened for at `eth0` of another. */
export interface Sending {
  readonly from: string;
  readonly to: string;
  readonly frames: Frames;
  /** The frame that is sent last and has to arrive: it tells that no more come. */
  readonly last: Buffer;
  /** Seconds between two frames. */
  readonly pause?: number;
}

/** Begins to send, and goes on in the background. */
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

/** The names of the frames that arrived, when all have been sent. */
export async function heard(node: TestNode): Promise<string[]> {
  const said = await node.sh('while [ ! -e /tmp/all-heard ]; do sleep 0.01; done; cat /tmp/sent /tmp/heard');
  const names = said.split('\n').filter((name) => name !== '' && name !== 'ready');
  if (names.at(-1) !== 'end') throw new Error(`the last frame did not arrive, after ${names.join(', ')}`);
  return names.slice(0, -1);
}
