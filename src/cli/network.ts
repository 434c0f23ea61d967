import { setTimeout as sleep } from 'node:timers/promises';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Outline } from '../topology/outline.ts';
import type { Source } from '../topology/read.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from '../session/abort.ts';
import type { Context } from './context.ts';
import type { PlanResult, Shells, Views } from '../session/engine.ts';
import { cliError } from './error.ts';
import { strandedInstances } from '../session/lab-only.ts';
import { beginOpening, endOpening, wayTo, type Opening, type OpeningOptions } from './opening.ts';

/** A topology without a mistake, with what was worth a warning. */
interface Valid {
  readonly topology: ValidTopology;
  readonly warnings: readonly Diagnostic[];
}

/** A topology and what it wants, with what was worth a warning on the way. */
export interface Wanted {
  readonly topology: ValidTopology;
  readonly resolved: ResolvedTopology;
  readonly graph: DesiredGraph;
  readonly warnings: readonly Diagnostic[];
}

/** Reads and checks a file. Every mistake in it is thrown in one DiagnosticError. */
export async function loadValid(context: Context, file: string): Promise<Valid> {
  return checked(context, await readSource(context, file));
}

/** Reads a file, for diagnostics too. */
export async function readSource(context: Context, file: string): Promise<Source> {
  const source = await untilAborted(context.signal, context.engine.source(file));
  context.sources.set(source.file, source.text);
  return source;
}

async function checked(context: Context, source: Source): Promise<Valid> {
  const { topology, diagnostics } = await context.engine.load(source);
  if (!topology || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { topology, warnings: diagnostics };
}

/** Reads and checks a file, and says what it wants. */
export async function loadWanted(context: Context, file: string): Promise<Wanted> {
  return wantedOf(context, await readSource(context, file));
}

/** Checks a text, and says what it wants. Every mistake in it is thrown in one DiagnosticError. */
export async function wantedOf(context: Context, source: Source): Promise<Wanted> {
  return compiled(context, await checked(context, source));
}

async function compiled(context: Context, { topology, warnings }: Valid): Promise<Wanted> {
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

/** What the nodes get to answer before the file takes all our attention. Most have begun to read long before: a shell takes 30 ms. */
const HEAD_START_MS = 200;

/**
 * Reads and checks a file, opens its nodes, lets `work` use them, and closes them whatever happens. The nodes are read while the file is: the one is their
 * processors' work, the other ours. For that the file's outline is enough; if the file turns out to mean other nodes, they are asked anew.
 */
export async function withNetwork<T>(
  context: Context,
  file: string,
  options: OpeningOptions,
  work: (network: Network) => Promise<T>,
): Promise<T> {
  const source = await readSource(context, file);
  const outline = await context.engine.outline(source);
  const early = outline && mayBegin(outline, options) ? beginOpening(context, outline, options) : undefined;
  const valid = await wellMeant(context, source, options, early).catch((error: unknown) => {
    // To hear of a mistake in a file nobody need wait for nodes.
    if (early) void endOpening(context, early);
    throw error;
  });
  const fits = early?.way === wayTo(valid.topology);
  // It may hold locks.
  if (early && !fits) await endOpening(context, early);
  const opening = fits ? early : beginOpening(context, valid.topology, options);
  try {
    if (!fits) await headStart(context, opening);
    const wanted = await compiled(context, valid);
    const shells = await untilAborted(context.signal, opening.shells);
    return await untilAborted(context.signal, work({ ...wanted, shells, reading: opening.reading }));
  } finally {
    await endOpening(context, opening);
  }
}

/** To look at a lab or at this machine harms nobody; a connection to another is made for a file without mistakes only. */
function mayBegin({ doc: { nodes = {} } }: Outline, { lab, node }: OpeningOptions): boolean {
  if (node !== undefined && nodes[node] === undefined) return false;
  return lab === true || Object.values(nodes).every(({ reach }) => reach?.via !== 'ssh');
}

/** While the nodes are being asked, what is needed next is loaded. */
async function headStart(context: Context, { asked }: Opening): Promise<void> {
  const { signal } = context;
  await untilAborted(signal, Promise.all([context.engine.preload(), Promise.race([asked, sleep(HEAD_START_MS)])]));
}

async function wellMeant(
  context: Context,
  source: Source,
  options: OpeningOptions,
  early: Opening | undefined,
): Promise<Valid> {
  if (early) await headStart(context, early);
  const valid = await checked(context, source);
  if (options.node !== undefined) await requireNode(valid.topology, options.node);
  refuseStranded(valid.topology, options.lab === true);
  return valid;
}

/** Instances that only a lab can bring to life are refused where there is none. */
function refuseStranded(topology: ValidTopology, lab: boolean): void {
  const stranded = strandedInstances(topology, lab);
  if (stranded.length > 0) throw new DiagnosticError(stranded);
}

/** The shells of all nodes. Instances that only a lab can bring to life are refused where there is none. */
export async function openShells(context: Context, topology: ValidTopology, lab: boolean): Promise<Shells> {
  refuseStranded(topology, lab);
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
