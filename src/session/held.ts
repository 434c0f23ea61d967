import { DiagnosticError, hasErrors } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { untilAborted } from './abort.ts';
import type { CompiledHeld } from './compile-held.ts';
import { healing, type Desired } from './desired.ts';
import type { Views } from './engine.ts';
import type { Session } from './session.ts';

/**
 * Returns the desired state with the derived values that the nodes hold. The same value if that changes nothing: then
 * nothing is compiled again. Does not wait for the nodes if the file derives nothing.
 */
export async function withHeld(
  session: Session,
  desired: Desired,
  reading: () => Promise<Views>,
  lab: boolean,
): Promise<Desired> {
  const { engine, signal } = session;
  if (!(await engine.derives(desired.resolved))) return desired;
  const views = await untilAborted(signal, reading());
  return withCompiled(desired, await engine.compileHeld(desired, views, lab));
}

/** Returns the desired state as it was compiled again. @throws DiagnosticError with the errors in it */
export function withCompiled(desired: Desired, { compiled, diagnostics, renumbered, removed }: CompiledHeld): Desired {
  const warnings = [...desired.warnings, ...renumbered, ...diagnostics];
  const named = (graph: DesiredGraph): DesiredGraph =>
    removed.length === 0 ? graph : { ...graph, subjects: [...graph.subjects, ...removed] };
  if (compiled === undefined) return { ...desired, graph: named(desired.graph), warnings };
  const { graph, resolved, diagnostics: errors } = compiled;
  if (!graph || !resolved || hasErrors(errors)) throw new DiagnosticError([...warnings, ...errors]);
  return healing({ ...desired, resolved, graph: named(graph), warnings, renumbered }, desired.graph.healForeign);
}
