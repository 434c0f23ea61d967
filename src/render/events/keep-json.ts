import type { WatchEvent } from '../../model/event.ts';
import type { Line } from './line.ts';

type Keeping = Exclude<WatchEvent, { readonly type: 'run' | 'done' | 'gone' | 'trouble' }>;

/** Returns one event of keeping the network as the file says as one JSON line. */
export function keepJson(event: Keeping): Line {
  switch (event.type) {
    case 'listening':
      return { type: 'watch-listening', node: event.node, namespaces: event.namespaces };
    case 'drift': {
      const { node, netns, objects, reason } = event;
      return { type: 'watch-drift', node, netns, reason, objects };
    }
    case 'healed': {
      const { node, netns, objects, milliseconds } = event;
      return { type: 'watch-healed', node, netns, objects, milliseconds };
    }
    case 'contested': {
      const { node, netns, address, kind, name, times, seconds } = event;
      return { type: 'watch-contested', node, netns, address, kind, name, times, seconds };
    }
    case 'backing-off': {
      const { node, attempt, seconds, why } = event;
      return { type: 'watch-backing-off', node, attempt, seconds, why };
    }
    case 'recovered':
      return { type: 'watch-recovered', node: event.node };
    case 'blocked':
      return { type: 'watch-blocked', codes: event.codes };
    case 'unblocked':
      return { type: 'watch-unblocked' };
    case 'standing-still':
      return { type: 'watch-standing-still', why: event.why };
    case 'resynced':
      return {
        type: 'watch-resynced',
        nodes: event.nodes,
        drifted: event.drifted,
        milliseconds: event.milliseconds,
      };
  }
}
