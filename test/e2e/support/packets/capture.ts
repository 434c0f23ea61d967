import type { Network } from '../network.ts';
import { until } from '../suite.ts';
import { Background, runPerl } from './perl.ts';

/**
 * Records the marks of frames and the devices on which they were seen, in either direction. Argument: a device;
 * default: all.
 */
const LISTEN = String.raw`
my $s = frames_of($ARGV[0] // '');
print "ready\n";
my (%name, %seen);
while (1) {
  my $from = recv $s, my $frame, 9000, 0;
  my $index = unpack 'x4 l', $from;
  next unless $frame =~ /<f(\d+)>/;
  my $mark = $1;
  $name{$index} ||= (grep { index_of($s, $_) == $index } map { s{.*/}{}r } glob '/sys/class/net/*')[0] || $index;
  print "$mark $name{$index}\n" unless $seen{$mark}{$index}++;
}`;

const SEND = String.raw`
my $s = frames_of('eth0');
for (<STDIN>) { chomp; next if $_ eq ''; defined send $s, pack('H*', $_), 0 or die "send: $!"; sleep 0.001; }`;

/** A frame that contains a text as its mark. */
export type Marked = (mark: string) => Buffer;

let nextMark = 1;

/** Where frames are captured: on one device, or on all devices of a node. */
export interface Place {
  readonly member: string;
  readonly device?: string;
}

/**
 * Sends frames from the `eth0` of an instance, and at the end one that must arrive. Returns where each was seen
 * (`node1:eth1`), after that one was seen at the last location.
 */
export async function captured<Name extends string>(
  network: Network,
  from: string,
  frames: Readonly<Record<Name, Marked>>,
  { last, places, end }: { readonly last: Marked; readonly places: readonly Place[]; readonly end: string },
): Promise<Record<Name, string[]>> {
  const marks = new Map<string, string>();
  const lines = [...Object.entries<Marked>(frames), ['', last] as const].map(([name, make]) => {
    const mark = nextMark++;
    marks.set(String(mark), name);
    return make(`<f${String(mark)}>`).toString('hex');
  });
  const listeners = await Promise.all(
    places.map(async ({ member, device }) => {
      const args = device === undefined ? [] : [device];
      return { member, listener: await Background.start(network, member, 'listen', LISTEN, args) };
    }),
  );
  const heard = async (): Promise<{ name: string; place: string }[]> =>
    (
      await Promise.all(
        listeners.map(async ({ member, listener }) =>
          (await listener.lines()).map((line) => {
            const [mark = '', device = ''] = line.split(' ');
            return { name: marks.get(mark) ?? `?${mark}`, place: `${member}:${device}` };
          }),
        ),
      )
    ).flat();
  await runPerl(network, from, SEND, [], lines.join('\n'));
  await until(heard, (all) => all.some(({ name, place }) => name === '' && place === end));
  const all = await heard();
  for (const { listener } of listeners) await listener.end();
  return Object.fromEntries(
    Object.keys(frames).map((name) => [name, all.filter((one) => one.name === name).map(({ place }) => place)]),
  ) as Record<Name, string[]>;
}
