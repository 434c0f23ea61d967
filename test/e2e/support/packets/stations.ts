import type { Network } from '../network.ts';
import { Background, runPerl } from './perl.ts';

/**
 * Answers datagrams at these ports, and records the marks of all received frames: `<p20000>`, and for a TCP SYN its
 * source port, as `tcp 20000` (a router with NAT may change it).
 */
const STATION = String.raw`
my ($device, @ports) = @ARGV;
my $all = frames_of($device);
my @echo = map {
  socket my $s, AF_INET, SOCK_DGRAM, 0 or die "socket: $!";
  bind $s, pack_sockaddr_in($_, INADDR_ANY) or die "bind: $!";
  $s
} @ports;
print "ready\n";
my %seen;
sub note { my ($mark) = @_; print "$mark\n" unless $seen{$mark}++ }
while (1) {
  my $readable = '';
  vec($readable, fileno $_, 1) = 1 for $all, @echo;
  select($readable, undef, undef, undef) > 0 or next;
  if (vec $readable, fileno $all, 1) {
    my $from = recv $all, my $frame, 9000, 0;
    next if (unpack 'x10 C', $from) == 4;
    note($1) while $frame =~ /<p(\d+)>/g;
    my ($type, $head, $protocol) = unpack 'x12 n C x8 C', $frame;
    next unless $type == 0x800 && $protocol == 6;
    my ($source, $flags) = unpack 'n x11 C', substr $frame, 14 + 4 * ($head & 15);
    note("tcp $source") if ($flags & 0x12) == 2;
  }
  for my $s (@echo) {
    next unless vec $readable, fileno $s, 1;
    my $from = recv $s, my $text, 65535, 0 or next;
    send $s, $text, 0, $from;
  }
}`;

/**
 * Sends all probes at once, and prints which were answered. Fields of a probe's line: mark, protocol, address, port,
 * bytes, whether an answer is expected. Ends a while after all expected answers have arrived.
 */
const ASK = String.raw`
sub checksum {
  my $sum = 0;
  $sum += $_ for unpack 'n*', $_[0] . (length($_[0]) % 2 ? "\0" : '');
  $sum = ($sum >> 16) + ($sum & 0xffff) for 1 .. 2;
  return ~$sum & 0xffff;
}
my ($grace, $limit) = @ARGV;
socket my $icmp, AF_INET, SOCK_RAW, 1 or die "raw: $!";
setsockopt $icmp, SOL_SOCKET, SO_RCVBUF, pack 'l', 1 << 20;
my (%probe, %awaited);
for (<STDIN>) {
  my ($mark, $protocol, $address, $port, $bytes, $expected) = split ' ' or next;
  my $text = "<p$mark>"; $text .= "<p$mark>" while length $text < $bytes;
  my $p = $probe{$mark} = { protocol => $protocol, to => pack_sockaddr_in($port, inet_aton $address), text => $text };
  $awaited{$mark} = 1 if $expected;
  if ($protocol eq 'icmp') {
    $p->{text} = pack('C C n n n', 8, 0, 0, $mark, 1) . $text;
    substr $p->{text}, 2, 2, pack 'n', checksum($p->{text});
    next;
  }
  socket my $s, AF_INET, ($protocol eq 'tcp' ? SOCK_STREAM : SOCK_DGRAM), 0 or die "socket: $!";
  setsockopt $s, SOL_SOCKET, SO_REUSEADDR, 1;
  bind $s, pack_sockaddr_in($mark, INADDR_ANY) or die "bind $mark: $!";
  fcntl $s, 4, 2048;
  $p->{socket} = $s;
  connect $s, $p->{to};
}
sub answered { my ($mark, $how) = @_; print "$mark $how\n"; delete $awaited{$mark}; $probe{$mark}{done} = 1 }
my ($begun, $again, $end) = (time, 0);
until (time - $begun > $limit || $end && time > $end) {
  if (time >= $again) {
    $again = time + 0.25;
    for my $p (values %probe) {
      next if $p->{done} || $p->{protocol} eq 'tcp';
      # A datagram for a router that is not found yet is refused by this machine itself.
      $p->{protocol} eq 'icmp' ? send($icmp, $p->{text}, 0, $p->{to}) : send($p->{socket}, $p->{text}, 0);
    }
  }
  my ($readable, $writable) = ('', '');
  vec($readable, fileno $icmp, 1) = 1;
  for my $p (grep { $_->{socket} && !$_->{done} } values %probe) {
    vec($p->{protocol} eq 'tcp' ? $writable : $readable, fileno $p->{socket}, 1) = 1;
  }
  select $readable, $writable, undef, 0.05;
  while (is_readable($icmp, 0)) {
    recv $icmp, my $packet, 9000, 0;
    my ($type, $mark) = unpack 'C x3 n', substr $packet, 4 * (ord($packet) & 15);
    answered($mark, 'answered') if $type == 0 && $probe{$mark} && !$probe{$mark}{done};
  }
  for my $mark (keys %probe) {
    my $p = $probe{$mark};
    next if $p->{done} || !$p->{socket};
    if ($p->{protocol} eq 'tcp') {
      next unless vec $writable, fileno $p->{socket}, 1;
      my $error = unpack 'i', getsockopt $p->{socket}, SOL_SOCKET, SO_ERROR;
      answered($mark, 'answered') if $error == 0;
      answered($mark, 'refused') if $error == 111;
      $p->{done} = 1;
    } elsif (vec $readable, fileno $p->{socket}, 1) {
      if (defined recv $p->{socket}, my $text, 65535, 0) { answered($mark, 'answered') if $text eq $p->{text} }
      elsif ($!{ECONNREFUSED}) { answered($mark, 'refused') }
    }
  }
  $end ||= time + $grace unless %awaited;
}
# An RST for what is half open would take a port of the listener's queue.
`;

/** The ports at which every station answers datagrams. */
export const ECHO_PORTS = [5001, 5002] as const;

/** A request with a unique mark, which is also its source port. */
export interface Probe {
  readonly mark: number;
  readonly protocol: 'icmp' | 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly bytes?: number;
  readonly isExpected: boolean;
}

/** Returns the text by which a station identifies a received probe. */
export function markOf({ protocol, mark }: Pick<Probe, 'protocol' | 'mark'>): string {
  return protocol === 'tcp' ? `tcp ${String(mark)}` : String(mark);
}

/** Members that answer and record what they receive. */
export class Stations {
  readonly #network: Network;
  readonly #members = new Map<string, Background>();

  private constructor(network: Network) {
    this.#network = network;
  }

  /** Starts in all of these members. */
  static async start(network: Network, members: readonly string[]): Promise<Stations> {
    const stations = new Stations(network);
    for (const member of members) {
      const station = await Background.start(network, member, 'station', STATION, ['eth0', ...ECHO_PORTS]);
      stations.#members.set(member, station);
    }
    return stations;
  }

  /**
   * Sends probes from one member, and returns the result of each answered one: `answered`, or `refused` by the
   * receiver.
   */
  async ask(from: string, probes: readonly Probe[]): Promise<ReadonlyMap<number, string>> {
    const lines = probes.map(({ mark, protocol, address, port, bytes = 0, isExpected }) =>
      [mark, protocol, address, port, bytes, isExpected ? 1 : 0].join(' '),
    );
    const text = await runPerl(this.#network, from, ASK, [0.5, 8], lines.join('\n'));
    return new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
        .map(([mark, how = '']) => [Number(mark), how]),
    );
  }

  /** Returns the marks of all received frames (`markOf`), by member. */
  async arrived(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const all = [...this.#members].map(async ([member, station]) => [member, new Set(await station.lines())] as const);
    return new Map(await Promise.all(all));
  }
}
