import { takeReverted, windowOf } from '../../hosts/window/window.ts';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import type { ConfirmWindow } from '../../model/host.ts';
import { recordDecision } from '../archive.ts';
import { untilAborted } from '../abort.ts';
import { loadOutline } from '../desired.ts';
import { checkChoice, type NodeChoice } from '../choice.ts';
import { openChosen } from '../open.ts';
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
  const topology = await loadOutline(session, file);
  await checkChoice(topology, choice);
  const shells = await untilAborted(session.signal, openChosen(session, topology, { lab, choice }));
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
    const id = own[0]?.window.id ?? '';
    // Where the time is over, no window is left, but the report of the revert.
    const others = windows.filter(({ window }) => window?.id !== id);
    const before = await Promise.all(
      others.map(async ({ shell }) => ({ node: shell.node, report: await takeReverted(shell, id), late: true })),
    );
    const told = [...decided.told, ...before.filter(({ report }) => report !== undefined)];
    const end = endOf({ ...decided, told }, decision === 'keep');
    const warnings = await recorded(session, { topology: name, lab, choice }, decision, id, end);
    return { ...end, diagnostics: [...end.diagnostics, ...warnings] };
  } finally {
    await session.engine.close(shells);
  }
}

/** Archives a decision with the run that it is about. */
async function recorded(
  session: Session,
  { topology, lab, choice }: ElsewhereOptions & { readonly topology: string },
  decision: Decision,
  window: string,
  { kept, reverted, unknown }: WindowEnd,
): Promise<readonly Diagnostic[]> {
  const whole = choice.node === undefined && (choice.except ?? []).length === 0 && unknown.length === 0;
  return recordDecision(session, { topology, lab, window }, { decision, kept, reverted, whole });
}

function stillApplies({ state, decided, dead }: ConfirmWindow): boolean {
  return state === 'applying' && !decided && !dead;
}
