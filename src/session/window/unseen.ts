import { takeReverted } from '../../hosts/window/window.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Shells } from '../nodes.ts';
import { revertedEarlier } from './words.ts';

/** Returns a warning for each revert on these nodes that no client has seen. */
export async function unseenReverts(shells: Shells): Promise<readonly Diagnostic[]> {
  const told = [...shells.values()].filter(({ hasReverted }) => hasReverted === true);
  const ends = await Promise.all(told.map(async (shell) => ({ node: shell.node, report: await takeReverted(shell) })));
  return ends.flatMap(revertedEarlier);
}
