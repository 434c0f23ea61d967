import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { commandLine, fileWord } from '../model/command-line.ts';
import type { Plan } from '../model/plan.ts';
import { escapeControls } from '../topology/show.ts';
import { desiredOf, readSource, type Desired } from './desired.ts';
import type { Compared } from './difference.ts';
import { withCompiled } from './held.ts';
import type { Session } from './session.ts';

/** What leads from one file to another: topologies, or recorded states. */
export interface Comparison {
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compares two files: what an apply of the second changes where the first was applied. Either can be a topology or a
 * recorded state. No node is contacted.
 * @throws DiagnosticError with the errors of either, NLX28 if they are of different topologies, NLX34 for a file and
 *   the state that it is to become: a file does not tell what a node had besides
 */
export async function compare(session: Session, from: string, to: string): Promise<Comparison> {
  const [former, now] = [await read(session, from), await read(session, to)];
  const [old, name] = [nameOf(former.side), nameOf(now.side)];
  if (old !== name) throw new DiagnosticError([differentNames(from, to, old, name)]);
  if ('file' in former.side && 'state' in now.side) throw new DiagnosticError([wrongWayRound(from, to)]);
  const sides = { from: `in ${from}`, to: `in ${to}` };
  const { plan, diagnostics, compiled } = await session.engine.difference(former.side, now.side, sides);
  const warnings = now.desired && compiled ? withCompiled(now.desired, compiled).warnings : [];
  const all = [...warnings, ...diagnostics];
  if (hasErrors(all)) throw new DiagnosticError(all);
  return { plan, diagnostics: all };
}

function wrongWayRound(from: string, to: string): Diagnostic {
  return {
    code: 'NLX34',
    severity: 'error',
    summary: `${escapeControls(to)} is a recorded state, and ${escapeControls(from)} leaves much as it is`,
    hint: `the other way round: \`${commandLine('diff', fileWord(to), fileWord(from))}\``,
  };
}

async function read(session: Session, file: string): Promise<{ side: Compared; desired?: Desired }> {
  const source = await readSource(session, file);
  const state = await session.engine.state(source);
  if (state) return { side: { state } };
  const desired = await desiredOf(session, source);
  return { side: { file: desired }, desired };
}

function nameOf(side: Compared): string {
  return 'file' in side ? side.file.graph.topology : side.state.topology;
}

function differentNames(from: string, to: string, old: string, now: string): Diagnostic {
  const hint =
    'give both files the same name; to replace one topology by another, destroy the first and apply the second';
  const summary = `${escapeControls(from)} is the topology ${old}, and ${escapeControls(to)} is ${now}`;
  return {
    code: 'NLX28',
    severity: 'error',
    summary,
    detail: 'The name is part of every mark and id: no object of the one is an object of the other.',
    hint,
  };
}
