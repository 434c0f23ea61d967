import type { Outline } from '../topology/outline.ts';
import { chosenNodes, type NodeChoice } from './choice.ts';
import type { Shells } from './engine.ts';
import type { Session } from './session.ts';
import { NodesUnreachable } from './unreachable.ts';

/**
 * Opens the chosen nodes, all at once. @throws DiagnosticError: NLH008 names every node that cannot be reached, and the
 * command line that works on the others
 */
export async function openChosen(
  session: Session,
  topology: Outline,
  { lab, choice }: { readonly lab: boolean; readonly choice: NodeChoice },
): Promise<Shells> {
  const nodes = chosenNodes(topology, choice);
  try {
    const shells = await session.engine.open(topology, { lab, ...(nodes && { nodes }) }, session.shell);
    await noticeReverts(session, shells, { topology: topology.doc.name, lab });
    return shells;
  } catch (error) {
    if (!(error instanceof NodesUnreachable)) throw error;
    throw error.withCommand(session.commandExcept(error.nodes));
  }
}

/** Notes the reverts on these nodes that no client has seen. */
export async function noticeReverts(
  session: Session,
  shells: Shells,
  of: { readonly topology?: string; readonly lab: boolean } = { lab: false },
): Promise<void> {
  if (![...shells.values()].some(({ hasReverted }) => hasReverted === true)) return;
  const { unseenReverts } = await import('./window/unseen.ts');
  session.notices.push(...(await unseenReverts(session, shells, of)));
}
