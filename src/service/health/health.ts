import type { SessionEvent } from '../../model/event.ts';

/** A run that tells nothing for so long hangs: each command on a node ends long before. */
const SILENT_MS = 15 * 60_000;

/** The health of a watch. */
export interface Health {
  onEvent(event: SessionEvent): void;
  /** False: a run has begun and tells nothing any more. */
  alive(now: number): boolean;
  /** Why the network may not be as the file says, in one line; `undefined`: it is. */
  reason(now: number): string | undefined;
}

/** Returns the health of a watch, derived from its events. */
export function createHealth(): Health {
  let last: 'none' | 'ok' | 'failed' = 'none';
  let running: number | undefined;
  let blocked: string | undefined;
  let still: string | undefined;
  let gone = false;
  const waiting = new Map<string, string>();
  const contested = new Map<string, string>();
  const drifted = new Map<string, number>();
  const alive = (now: number): boolean => running === undefined || now - running < SILENT_MS;
  return {
    alive,
    onEvent(event) {
      if (running !== undefined) running = event.time;
      switch (event.type) {
        case 'run':
          running = event.time;
          gone = false;
          contested.clear();
          break;
        case 'done':
          running = undefined;
          last = event.ok ? 'ok' : 'failed';
          still = undefined;
          if (event.ok) drifted.clear();
          break;
        case 'gone':
          gone = true;
          break;
        case 'blocked':
          blocked = event.codes.join(', ');
          break;
        case 'unblocked':
          blocked = undefined;
          break;
        case 'standing-still':
          still = event.why;
          break;
        case 'drift':
          drifted.set(locationOf(event), event.objects.length);
          break;
        case 'healed':
          drifted.delete(locationOf(event));
          break;
        case 'contested':
          contested.set(event.address, `${event.kind} ${event.name} on ${event.node}`);
          break;
        case 'backing-off':
          waiting.set(event.node, event.why);
          break;
        case 'recovered':
          waiting.delete(event.node);
          break;
        default:
      }
    },
    reason(now) {
      const [node, why = ''] = [...waiting][0] ?? [];
      const [place, count] = [...drifted][0] ?? [];
      const [fought] = contested.values();
      const reasons = [
        !alive(now) && 'a run hangs',
        gone && 'the file does not exist',
        blocked !== undefined && `the file has errors: ${blocked}`,
        still !== undefined && `standing still: ${still}`,
        last === 'none' && 'the first run has not ended',
        last === 'failed' && 'the last run failed',
        node !== undefined && `node ${node} is waited for: ${why}`,
        fought !== undefined && `another program changes ${fought} back again and again`,
        place !== undefined && `${String(count)} objects of ${place} differ from the file`,
      ];
      const reason = reasons.find((each) => each !== false);
      return reason?.replace(/[\u0000-\u001f\u007f]+/g, ' ');
    },
  };
}

function locationOf({ node, netns }: { readonly node: string; readonly netns: string | null }): string {
  return netns === null ? node : `${node}/${netns}`;
}
