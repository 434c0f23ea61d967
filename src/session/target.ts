import { DiagnosticError, hasErrors } from '../model/diagnostic.ts';
import { desiredGraph, type DesiredGraph } from '../model/graph.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import type { Session } from './session.ts';

/** What is wanted, and the nodes on which; with what is being read there, if that was begun. */
export interface Target {
  readonly graph: DesiredGraph;
  readonly shells: Shells;
  readonly reading?: Promise<Views>;
}

/** The same nodes with nothing of the topology on them: what it made is still known for its own. */
export function withoutAll({ graph, ...nodes }: Target): Target {
  return { ...nodes, graph: desiredGraph(graph.topology, graph.nodes, [], graph.known) };
}

/** What would have to be done, with everything that speaks against it. */
export async function planWhatever(session: Session, { graph, shells, reading }: Target): Promise<PlanResult> {
  return session.engine.plan(graph, shells, reading);
}

/** A plan that nothing speaks against; what does is thrown. */
export async function planOrThrow(session: Session, target: Target): Promise<PlanResult> {
  const result = await planWhatever(session, target);
  if (hasErrors(result.diagnostics)) throw new DiagnosticError(result.diagnostics);
  return result;
}
