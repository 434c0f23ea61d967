import type { WatchEvent } from '../../model/event.ts';
import type { Netns } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { count } from '../columns.ts';

type Keeping = Exclude<WatchEvent, { readonly type: 'run' | 'done' | 'gone' | 'trouble' }>;

/** So many objects of one namespace are named. */
const NAMED = 5;

const REASONS = {
  kernel: '',
  ended: ', a daemon has ended',
  lost: ', after more events than could be heard',
  resync: ', found by a resync',
} as const;

/** Returns one event of keeping the network as the file says as lines; a resync that found nothing has none. */
export function keepLines(event: Keeping, file: string, colours: Paint): readonly string[] {
  switch (event.type) {
    case 'listening':
      return [colours.dim(`Listening on ${clean(event.node)} in ${count(event.namespaces, 'namespace')}.`)];
    case 'drift': {
      const head = `Drift in ${place(event.node, event.netns)}${REASONS[event.reason]}:`;
      const named = event.objects
        .slice(0, NAMED)
        .map(({ kind, name, difference }) => `  ${kind} ${clean(name)}: ${clean(difference)}`);
      const more = event.objects.length - named.length;
      return [colours.yellow(head), ...named, ...(more > 0 ? [`  and ${String(more)} more`] : [])];
    }
    case 'healed': {
      const time = colours.dim(`${String(Math.round(event.milliseconds))} ms`);
      const what = `Healed in ${place(event.node, event.netns)}: ${count(event.objects.length, 'object')}.`;
      return [`${colours.green(what)}  ${time}`];
    }
    case 'contested': {
      const object = `${event.kind} ${clean(event.name)} in ${place(event.node, event.netns)}`;
      const often = `${String(event.times)} times in ${String(event.seconds)} s`;
      return [
        colours.red(`Another program keeps changing ${object}: put right ${often}.`),
        `  It is left alone until ${clean(file)} changes, or SIGHUP.`,
      ];
    }
    case 'backing-off':
      return [
        colours.yellow(`${clean(event.node)} is tried again in ${event.seconds.toFixed(1)} s: ${clean(event.why)}`),
      ];
    case 'recovered':
      return [colours.green(`${clean(event.node)} answers again.`)];
    case 'blocked':
      return [colours.yellow(`The network is kept as the last good version of ${clean(file)} says.`)];
    case 'unblocked':
      return [colours.green(`${clean(file)} is good again.`)];
    case 'standing-still':
      return [
        colours.yellow(`Nothing is changed any more: ${clean(event.why)}.`),
        `  Save ${clean(file)}, or send SIGHUP, to go on.`,
      ];
    case 'resynced':
      return [];
  }
}

function place(node: string, netns: Netns): string {
  return netns === null ? clean(node) : `${clean(netns)} on ${clean(node)}`;
}
