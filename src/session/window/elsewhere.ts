import { windowOf } from '../../hosts/window/window.ts';
import { DiagnosticError } from '../../model/diagnostic.ts';
import type { ConfirmWindow } from '../../model/host.ts';
import { loadValid } from '../desired.ts';
import type { NodeChoice } from '../choice.ts';
import { openShells } from '../network.ts';
import type { Session } from '../session.ts';
import { decideOnAll, endOf, type Decision, type WindowEnd } from './window.ts';
import { nothingWaits, tooEarly } from './words.ts';

/** Where it is decided. */
export interface ElsewhereOptions {
  readonly lab: boolean;
  readonly choice: NodeChoice;
}

/**
 * Decides about the apply of a file that waits to be confirmed, from another client than that which applies.
 * @throws DiagnosticError NLA36 if no node of it waits; NLA16 if the apply that is to be kept still runs
 */
export async function decideElsewhere(
  session: Session,
  file: string,
  { lab, choice }: ElsewhereOptions,
  decision: Decision,
): Promise<WindowEnd> {
  const { topology } = await loadValid(session, file);
  const shells = await openShells(session, topology, { lab, choice });
  try {
    const { name } = topology.doc;
    const windows = await Promise.all(
      [...shells.values()].map(async (shell) => ({ shell, window: await windowOf(shell) })),
    );
    const own = windows.flatMap(({ shell, window }) => (window?.topology === name ? [{ shell, window }] : []));
    if (own.length === 0) throw new DiagnosticError([nothingWaits(file, name)]);
    // Kept now, it would go on without a way back.
    const running = decision === 'keep' ? own.filter(({ window }) => stillApplies(window)) : [];
    if (running.length > 0) throw new DiagnosticError(running.map(({ shell }) => tooEarly(shell.node, file)));
    const decided = await decideOnAll(
      own.map(({ shell, window }) => ({ shell, id: window.id })),
      decision,
    );
    return endOf(decided, decision === 'keep');
  } finally {
    await session.engine.close(shells);
  }
}

function stillApplies({ state, decided, dead }: ConfirmWindow): boolean {
  return state === 'applying' && !decided && !dead;
}
