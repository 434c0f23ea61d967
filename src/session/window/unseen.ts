import { takeReverted } from '../../hosts/window/window.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { recordDecision } from '../archive.ts';
import type { Shells } from '../nodes.ts';
import type { Session } from '../session.ts';
import { revertedEarlier } from './words.ts';

/**
 * Returns a warning for each revert on these nodes that no client has seen. What the timers decided is archived with
 * the run, if that is one of this topology.
 */
export async function unseenReverts(
  session: Session,
  shells: Shells,
  { topology, lab }: { readonly topology?: string; readonly lab: boolean },
): Promise<readonly Diagnostic[]> {
  const told = [...shells.values()].filter(({ hasReverted }) => hasReverted === true);
  const ends = await Promise.all(told.map(async (shell) => ({ node: shell.node, report: await takeReverted(shell) })));
  for (const id of new Set(ends.flatMap(({ report }) => (report?.topology === topology ? (report?.id ?? []) : [])))) {
    const reverted = ends.filter(({ report }) => report?.id === id).map(({ node }) => node);
    const decided = { decision: 'revert', kept: [], reverted, whole: true, client: { command: 'timer' } } as const;
    if (topology !== undefined) await recordDecision(session, { topology, lab, window: id }, decided);
  }
  return ends.flatMap(revertedEarlier);
}
