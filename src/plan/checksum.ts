import { createHash } from 'node:crypto';
import type { Plan } from '../model/plan.ts';

/**
 * Returns the checksum of what a plan does: its changes, and its commands in their order. Two plans with one checksum
 * run the same commands; the time, and the texts about the commands, do not count.
 */
export function planChecksum({ topology, leftOut, changes, batches }: Plan): string {
  const actions = changes.map(({ address, action }) => [address, action]);
  return createHash('sha256').update(JSON.stringify({ topology, leftOut, actions, batches })).digest('hex');
}
