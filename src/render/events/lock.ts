import type { LockEvent } from '../../model/event.ts';
import { heldBy } from '../../model/lock-holder.ts';
import type { Paint } from '../colour.ts';
import { clean } from '../clean.ts';

/** Returns the line that tells which node's lock is waited for, and who holds it. */
export function lockLine({ node, holder }: LockEvent, colours: Paint): string {
  const who = heldBy(holder);
  const stuck = holder.stuck.length === 0 ? '' : `; processes that cannot be killed: ${holder.stuck.join(', ')}`;
  return colours.yellow(
    clean(`Waiting for the lock of ${node}${who === undefined ? '' : `, held by ${who}`}${stuck}.`),
  );
}
