import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { desiredGraph, type DesiredGraph } from '../model/graph.ts';
import type { Source } from '../topology/read.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import type { Basis } from '../diff/part.ts';
import type { Reread } from './settle.ts';
import type { Session } from './session.ts';

/** A desired state and its nodes, with the reading in progress if it was started. */
export interface Target {
  readonly graph: DesiredGraph;
  readonly shells: Shells;
  readonly reading?: Promise<Views>;
  /** Reads what a plan may have changed; by default everything is read. */
  readonly reread?: Reread;
  /** What need not be compared again, unless it has changed. */
  readonly basis?: Basis;
  /** A warning for each derived address that changes. */
  readonly renumbered?: readonly Diagnostic[];
  /** The file that it comes from, for the archive. */
  readonly source?: Source;
  /** Create also what a node that is left out may still have, and delete what it is to get. */
  readonly allowMoves?: boolean;
}

/** Returns the same nodes with an empty desired state; the topology's objects are still recognised as ours. */
export function emptyTarget({ graph, renumbered: _, ...nodes }: Target): Target {
  return { ...nodes, graph: desiredGraph(graph.topology, graph.nodes, [], graph) };
}

/** Returns a plan with all its errors. */
export async function planWithErrors(session: Session, { graph, shells, reading, basis }: Target): Promise<PlanResult> {
  return session.engine.plan(graph, shells, reading, basis);
}

/** Returns a plan without errors. @throws DiagnosticError with its errors, and with refused moves */
export async function planOrThrow(session: Session, target: Target): Promise<PlanResult> {
  return withoutErrors(target, await planWithErrors(session, target));
}

/** Returns the plan of a target if it has no errors. @throws DiagnosticError with its errors, and with refused moves */
export function withoutErrors(target: Target, result: PlanResult): PlanResult {
  const errors = target.allowMoves === true ? [] : result.moves;
  if (errors.length > 0 || hasErrors(result.diagnostics)) throw new DiagnosticError([...result.diagnostics, ...errors]);
  return result;
}
