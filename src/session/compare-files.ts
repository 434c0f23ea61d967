import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { escapeControls } from '../topology/show.ts';
import { loadDesired, type Desired } from './desired.ts';
import { withCompiled } from './held.ts';
import type { Session } from './session.ts';

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

/** What an apply of one file changes where another one was applied, and the second as it is compiled then. */
export interface ComparedFiles {
  readonly plan: Plan;
  readonly desired: Desired;
}

/**
 * Compares two topology files: what an apply of the second changes where the first was applied. No node is contacted.
 * @throws DiagnosticError with the errors of either, or if they are different topologies
 */
export async function compareFiles(session: Session, from: string, to: string): Promise<ComparedFiles> {
  const former = await loadDesired(session, from);
  const desired = await loadDesired(session, to);
  const [old, now] = [former.graph.topology, desired.graph.topology];
  if (old !== now) throw new DiagnosticError([differentNames(from, to, old, now)]);
  const sides = { from: `in ${from}`, to: `in ${to}` };
  const { plan, compiled } = await session.engine.difference(former.graph, desired, sides);
  return { plan, desired: withCompiled(desired, compiled) };
}
