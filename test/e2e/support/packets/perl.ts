import type { Network } from '../network.ts';

/** The beginning of all scripts: a socket for all frames of a device (packet(7), netdevice(7)), or of all devices. */
const COMMON = String.raw`use strict; use Socket qw(:all); use Time::HiRes qw(time sleep);
$| = 1; $SIG{TERM} = sub { exit };
sub frames_of {
  my ($device) = @_;
  socket(my $s, 17, 3, unpack 'n', pack 'S', 3) or die "socket: $!";
  # SO_RCVBUFFORCE is the administrator's of the machine.
  setsockopt $s, SOL_SOCKET, 33, pack 'l', 1 << 23 or setsockopt $s, SOL_SOCKET, SO_RCVBUF, pack 'l', 1 << 20;
  bind $s, pack 'S n l x12', 17, 3, $device eq '' ? 0 : index_of($s, $device) or die "bind: $!";
  return $s;
}
sub index_of {
  my ($s, $device) = @_;
  ioctl $s, 0x8933, my $request = pack 'Z16 x24', $device or return 0;
  return unpack 'x16 l', $request;
}
sub is_readable {
  my ($s, $seconds) = @_;
  vec(my $readable = '', fileno $s, 1) = 1;
  return select($readable, undef, undef, $seconds) > 0;
}
`;

function written(path: string, script: string): string {
  return `cat >${path} <<'END-OF-PERL'\n${COMMON}${script}\nEND-OF-PERL`;
}

/** Runs a Perl script in a member until it ends, and returns its output. */
export function runPerl(
  network: Network,
  member: string,
  script: string,
  args: readonly (string | number)[] = [],
  stdin = '',
): Promise<string> {
  const name = `/tmp/run-${Math.random().toString(36).slice(2)}.pl`;
  const input = stdin === '' ? '</dev/null' : `<<'END-OF-INPUT'\n${stdin}\nEND-OF-INPUT`;
  return network.in(member, `${written(name, script)}\nperl ${[name, ...args].join(' ')} ${input}`);
}

/** A Perl script that runs in a member until it is stopped. Its output is kept; the first line is `ready`. */
export class Background {
  readonly #network: Network;
  readonly #member: string;
  readonly #name: string;

  private constructor(network: Network, member: string, name: string) {
    this.#network = network;
    this.#member = member;
    this.#name = name;
  }

  static async start(
    network: Network,
    member: string,
    name: string,
    script: string,
    args: readonly (string | number)[] = [],
    stdin = '',
  ): Promise<Background> {
    const file = `/tmp/${name}`;
    await network.in(
      member,
      `${written(`${file}.pl`, script)}
      cat >${file}.in <<'END-OF-INPUT'\n${stdin}\nEND-OF-INPUT
      rm -f ${file}.out; setsid perl ${[`${file}.pl`, ...args].join(' ')} <${file}.in >${file}.out 2>&1 &
      echo $! >${file}.pid
      for i in $(seq 500); do ! grep -qx ready ${file}.out || exit 0; sleep 0.02; done; cat ${file}.out; exit 1`,
    );
    return new Background(network, member, file);
  }

  /** Returns the lines printed so far. */
  async lines(): Promise<string[]> {
    const text = await this.#network.in(this.#member, `cat ${this.#name}.out`);
    return text.split('\n').filter((line) => line !== '' && line !== 'ready');
  }

  /** Stops (SIGSTOP) or continues it. */
  async signal(name: 'STOP' | 'CONT'): Promise<void> {
    await this.#network.in(this.#member, `kill -${name} $(cat ${this.#name}.pid)`);
  }

  /** Ends it, and waits for its last output. */
  async end(): Promise<string[]> {
    await this.#network.in(
      this.#member,
      `pid=$(cat ${this.#name}.pid); kill $pid 2>/dev/null || :
      for i in $(seq 500); do [ -d /proc/$pid ] || exit 0; sleep 0.02; done; exit 1`,
    );
    return this.lines();
  }
}
