import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from '../network.ts';
import { Background } from './perl.ts';

/**
 * Sends frames from `eth0` repeatedly, as soon as it exists. Standard input: one frame per line; `<s:NAME>` in each
 * names its flood.
 */
const FLOOD = String.raw`
my @frames = map { chomp; $_ eq '' ? () : pack 'H*', $_ } <STDIN>;
socket(my $s, 17, 3, unpack 'n', pack 'S', 3) or die "socket: $!";
print "ready\n";
my $index;
sleep 0.0005 until $index = index_of($s, 'eth0');
my $to = pack 'S n l x12', 17, 3, $index;
while (1) { for (@frames) { send $s, $_, 0, $to; sleep 0.001 } }`;

/** Records, by name, the first frames of each flood that arrive by any device, also by one created later. */
const COUNT = String.raw`
my $s = frames_of('');
print "ready\n";
my %seen;
while (1) {
  my $from = recv $s, my $frame, 9000, 0;
  next if (unpack 'x10 C', $from) == 4;
  print "$1\n" if $frame =~ /<s:([\w-]+)>/ && $seen{$1}++ < 5;
}`;

/**
 * Sends datagrams, or lines over TCP, that are answered; at most 16 are outstanding. Prints how many were sent,
 * answered and lost (not answered within three seconds).
 */
const EXCHANGE = String.raw`
my ($protocol, $address, $port, $from) = @ARGV;
my $ending = 0; $SIG{TERM} = sub { $ending ||= time }; $SIG{PIPE} = 'IGNORE';
socket my $s, AF_INET, ($protocol eq 'tcp' ? SOCK_STREAM : SOCK_DGRAM), 0 or die "socket: $!";
bind $s, pack_sockaddr_in($from, INADDR_ANY) or die "bind: $!";
connect $s, pack_sockaddr_in($port, inet_aton $address) or die "connect: $!";
fcntl $s, 4, 2048;
my (%due, $rest);
my ($sent, $answered, $lost, $said) = (0, 0, 0, 0);
sub answer { delete $due{$_[0]} and ++$answered == 1 and print "ready\n" }
until ($ending && (!%due || time - $ending > 4)) {
  if (!$ending && keys %due < 16) {
    my $line = sprintf "%08d\n", $sent;
    if (defined syswrite $s, $line) { $due{$line} = time; $sent++ }
  }
  is_readable($s, 0.001);
  while (sysread $s, my $text, 65536) {
    $rest .= $text;
    answer($1) while $rest =~ s/^(\d{8}\n)//;
  }
  for (grep { time - $due{$_} > 3 } keys %due) { delete $due{$_}; $lost++ }
  if (time - $said > 0.05 || $ending) { print "$sent $answered $lost\n"; $said = time }
  sleep 0.001;
}
print "$sent $answered ", $lost + keys %due, "\n";`;

/** Echoes everything received over TCP at these ports. */
const TCP_ECHO = String.raw`
my @servers = map {
  socket my $s, AF_INET, SOCK_STREAM, 0 or die "socket: $!";
  setsockopt $s, SOL_SOCKET, SO_REUSEADDR, 1;
  bind $s, pack_sockaddr_in($_, INADDR_ANY) or die "bind: $!";
  listen $s, 8; $s
} @ARGV;
print "ready\n";
$SIG{CHLD} = 'IGNORE';
while (1) {
  my $readable = ''; vec($readable, fileno $_, 1) = 1 for @servers;
  select($readable, undef, undef, undef) > 0 or next;
  for my $s (grep { vec $readable, fileno $_, 1 } @servers) {
    accept my $client, $s or next;
    next if fork;
    my $text;
    syswrite $client, $text while sysread $client, $text, 65536;
    exit;
  }
}`;

/** Sends frames until it is stopped. */
export function flood(network: Network, from: string, frames: readonly Buffer[]): Promise<Background> {
  const lines = frames.map((frame) => frame.toString('hex')).join('\n');
  return Background.start(network, from, 'flood', FLOOD, [], lines);
}

/** Records the names of the floods that arrive at a member. */
export async function counter(
  network: Network,
  at: string,
): Promise<{ seen: () => Promise<string[]>; end: () => Promise<string[]> }> {
  const listener = await Background.start(network, at, 'count', COUNT);
  const names = (lines: readonly string[]): string[] => [...new Set(lines)].sort();
  return { seen: async () => names(await listener.lines()), end: async () => names(await listener.end()) };
}

/** The result of a conversation. */
export interface Tally {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
}

/** A conversation that runs until it is stopped. Its first answer has arrived. */
export class Exchange {
  readonly #client: Background;

  private constructor(client: Background) {
    this.#client = client;
  }

  static async start(
    network: Network,
    from: string,
    {
      protocol,
      address,
      port,
      sourcePort,
    }: { protocol: 'udp' | 'tcp'; address: string; port: number; sourcePort: number },
  ): Promise<Exchange> {
    const args = [protocol, address, port, sourcePort];
    return new Exchange(await Background.start(network, from, `exchange-${String(sourcePort)}`, EXCHANGE, args));
  }

  async tally(): Promise<Tally> {
    return tallyOf(await this.#client.lines());
  }

  /** Pauses until `goOn`: no packet of it is in flight. */
  async rest(): Promise<void> {
    await this.#client.signal('STOP');
    await sleep(50);
  }

  async goOn(): Promise<void> {
    await this.#client.signal('CONT');
  }

  async end(): Promise<Tally> {
    return tallyOf(await this.#client.end());
  }
}

function tallyOf(lines: readonly string[]): Tally {
  const [sent = NaN, answered = NaN, lost = NaN] = (lines.at(-1) ?? '').split(' ').map(Number);
  if (Number.isNaN(sent + answered + lost)) throw new Error(`a conversation ended with ${lines.slice(-3).join('; ')}`);
  return { sent, answered, lost };
}

/** Answers over TCP at ports of a member. */
export function tcpEcho(network: Network, at: string, ports: readonly number[]): Promise<Background> {
  return Background.start(network, at, 'tcp-echo', TCP_ECHO, ports);
}
