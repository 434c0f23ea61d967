import type { ResolvedTopology } from '../compile/resolve/resolved.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Context } from './context.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import { cliError } from './error.ts';
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
  return compiled(context, await loadValid(context, file));
}

async function compiled(
  context: Context,
  { topology, warnings }: { topology: ValidTopology; warnings: readonly Diagnostic[] },
): Promise<Wanted> {
  const { graph, resolved, diagnostics } = await context.engine.compile(topology);
  const all = [...warnings, ...diagnostics];
  if (!graph || !resolved || hasErrors(diagnostics)) throw new DiagnosticError(all);
  return { topology, resolved, graph, warnings: all };
}

/** A topology's network: what is wanted, the shells of its nodes, and what is being read there. */
export interface Network extends Wanted {
  readonly shells: Shells;
  readonly reading: Promise<Views>;
}

/**
 * Reads and checks a file, opens its nodes, lets `work` use them, and closes them whatever happens. The nodes are read while it is
 * worked out what the file wants: the one is their processors' work, the other ours.
 */
export async function withNetwork<T>(
  context: Context,
  file: string,
  options: { readonly lab?: boolean; readonly node?: string; readonly yes?: boolean },
  work: (network: Network) => Promise<T>,
): Promise<T> {
  const valid = await loadValid(context, file);
  if (options.node !== undefined) await requireNode(valid.topology, options.node);
  // While the nodes answer, what is needed next is loaded.
  const [shells] = await Promise.all([
    openShells(context, valid.topology, options.lab === true),
    context.engine.preload(),
  ]);
  try {
    // Nobody is asked in between, so what is read is what is changed. (Otherwise the locks are taken after the answer.)
    const busy = options.yes === true ? await context.engine.lock(shells) : [];
    if (busy.length > 0) throw new DiagnosticError(busy);
    const reading = context.engine.read(valid.topology.doc.name, shells, options.node);
    // Whoever waits for it is told; if nobody comes to that, the reason is another error.
    reading.catch(() => undefined);
    const wanted = await compiled(context, valid);
    return await untilAborted(context.signal, work({ ...wanted, shells, reading }));
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
  reading?: Promise<Views>,
): Promise<PlanResult> {
  const result = await context.engine.plan(graph, shells, reading);
  if (hasErrors(result.diagnostics)) throw new DiagnosticError(result.diagnostics);
  return result;
}

async function requireNode(topology: ValidTopology, node: string): Promise<void> {
  const nodes = Object.keys(topology.doc.nodes ?? {});
  if (nodes.includes(node)) return;
  const { suggestion } = await import('../topology/suggest.ts');
  const hint = suggestion(node, nodes);
  const summary = `${topology.file} has no node ${JSON.stringify(node)}`;
  throw cliError('NLX22', summary, hint === undefined ? {} : { hint });
}
