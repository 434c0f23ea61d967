import { scriptWith } from '../hosts/quote.ts';
import { NETLINK_DUMP } from '../kernel/netlink/dump.ts';
import { KERNEL_NUMBERS } from '../kernel/netlink/numbers.ts';
import type { Listening, Shell } from '../model/host.ts';
import { NETNS_PREFIX } from '../model/mark.ts';
import { kindOf, KINDS } from '../kinds/registry.ts';
import type { KindName, Netns, Observed } from '../model/resource.ts';
import { programText } from '../programs/text.ts';

const LISTENER = programText(new URL('./listener.pl', import.meta.url));
const START = programText(new URL('./listen.sh', import.meta.url));

/**
 * What a node's listener reports. `time`: nothing that it reports happened later, in seconds of the node's monotonic
 * clock (`NodeView.began` is of the same).
 */
export type Heard =
  /** From now on so many namespaces are heard. */
  | { readonly what: 'ready'; readonly time: number; readonly namespaces: number }
  /** Something was changed there, or more than could be heard. */
  | { readonly what: 'heard' | 'lost'; readonly time: number; readonly netns: Netns }
  /** A namespace has this name from now on, or no more. */
  | { readonly what: 'came' | 'gone'; readonly time: number; readonly netns: string }
  /** A process is no more. */
  | { readonly what: 'ended'; readonly time: number; readonly pid: number };

/** The listener of one node. */
export interface Listener {
  /** Sets the processes whose end is reported. */
  follow(pids: readonly number[]): void;
  end(): void;
  /** Settles when it has ended: why, as far as it said so. */
  readonly ended: Promise<string>;
}

const WITH_PID: ReadonlySet<KindName> = new Set(
  KINDS.filter((kind) => kind.pidOf !== undefined).map(({ name }) => name),
);

/** Returns the processes whose end changes an object of ours, and their namespaces. */
export function processesOf(observed: readonly Observed[]): ReadonlyMap<number, Netns> {
  const found = new Map<number, Netns>();
  for (const object of observed) {
    const pid = WITH_PID.has(object.kind) && object.owner === 'ours' ? kindOf(object.kind).pidOf?.(object) : undefined;
    if (pid !== undefined) found.set(pid, object.netns);
  }
  return found;
}

/** Starts the listener of a node; `undefined` if its shell can run none. */
export function listen(shell: Shell, onHeard: (heard: Heard) => void): Listener | undefined {
  const programs = [KERNEL_NUMBERS, NETLINK_DUMP, LISTENER].flatMap((text) => ['-e', text]);
  const script = scriptWith(START, [...programs, '--', ...Object.values(NETNS_PREFIX)]);
  const listening: Listening | undefined = shell.listen?.(script, (line) => {
    const heard = parse(line);
    if (heard) onHeard(heard);
  });
  return (
    listening && {
      follow: (pids) => {
        listening.tell(['pids', ...pids.map(String)].join(' '));
      },
      end: () => {
        listening.end();
      },
      ended: listening.ended,
    }
  );
}

/** Returns what a line of the listener says; `undefined` if it is none. */
function parse(line: string): Heard | undefined {
  const [what = '', seconds = '', value = ''] = line.split(' ', 3);
  const time = Number(seconds);
  switch (what) {
    case 'ready':
      return { what, time, namespaces: Number(value) };
    case 'heard':
    case 'lost':
      return { what, time, netns: value === '-' ? null : value };
    case 'came':
    case 'gone':
      return { what, time, netns: value };
    case 'ended':
      return { what, time, pid: Number(value) };
    default:
      return undefined;
  }
}
