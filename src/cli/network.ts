import type { ResolvedTopology } from '../compile/resolve/resolved.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Context } from './context.ts';
import type { PlanResult, Shells } from './engine.ts';
import { strandedInstances } from './lab-only.ts';

/** A topology and what it wants, with what was worth a warning on the way. */
export interface Wanted {
  readonly topology: ValidTopology;
  readonly resolved: ResolvedTopology;
  readonly graph: DesiredGraph;
  readonly warnings: readonly Diagnostic[];
}

/** Reads and checks a file. Every mistake in it is thrown in one DiagnosticError. */
export async function loadValid(
  context: Context,
  file: string,
): Promise<{ topology: ValidTopology; warnings: readonly Diagnostic[] }> {
  const { topology, diagnostics, ...read } = await untilAborted(context.signal, context.engine.load(file));
  context.sources.set(read.file, read.text);
  if (!topology || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { topology, warnings: diagnostics };
}

/** Reads and checks a file, and says what it wants. */
export async function loadWanted(context: Context, file: string): Promise<Wanted> {
  const { topology, warnings } = await loadValid(context, file);
  const { graph, resolved, diagnostics } = await context.engine.compile(topology);
  const all = [...warnings, ...diagnostics];
  if (!graph || !resolved || hasErrors(diagnostics)) throw new DiagnosticError(all);
  return { topology, resolved, graph, warnings: all };
}

/** Opens the nodes of a topology, lets `work` use them, and closes them whatever happens. */
export async function withShells<T>(
  context: Context,
  topology: ValidTopology,
  lab: boolean,
  work: (shells: Shells) => Promise<T>,
): Promise<T> {
  const shells = await openShells(context, topology, lab);
  try {
    return await untilAborted(context.signal, work(shells));
  } finally {
    await context.engine.close(shells);
  }
}

/** The shells of all nodes. Instances that only a lab can bring to life are refused where there is none. */
export async function openShells(context: Context, topology: ValidTopology, lab: boolean): Promise<Shells> {
  const stranded = strandedInstances(topology, lab);
  if (stranded.length > 0) throw new DiagnosticError(stranded);
  return untilAborted(context.signal, context.engine.open(topology, { lab }));
}

/** A plan without conflicts; conflicts are thrown. */
export async function planOrThrow(
  context: Context,
  graph: DesiredGraph,
  shells: Shells,
  options: { readonly node?: string } = {},
): Promise<PlanResult> {
  const result = await context.engine.plan(graph, shells, options);
  if (hasErrors(result.diagnostics)) throw new DiagnosticError(result.diagnostics);
  return result;
}
