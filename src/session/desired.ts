import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { Source } from '../topology/read.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Session } from './session.ts';

/** A topology without a mistake, with what was worth a warning. */
export interface Valid {
  readonly topology: ValidTopology;
  readonly warnings: readonly Diagnostic[];
}

/** A topology and what it wants, with what was worth a warning on the way. */
export interface Desired {
  readonly topology: ValidTopology;
  readonly resolved: ResolvedTopology;
  readonly graph: DesiredGraph;
  readonly warnings: readonly Diagnostic[];
}

/** Reads and checks a file. Every mistake in it is thrown in one DiagnosticError. */
export async function loadValid(session: Session, file: string): Promise<Valid> {
  return checked(session, await readSource(session, file));
}

/** Reads a file, for diagnostics too. */
export async function readSource(session: Session, file: string): Promise<Source> {
  const source = await untilAborted(session.signal, session.engine.source(file));
  session.sources.set(source.file, source.text);
  return source;
}

/** Checks a text. Every mistake in it is thrown in one DiagnosticError. */
export async function checked(session: Session, source: Source): Promise<Valid> {
  const { topology, diagnostics, included } = await session.engine.load(source);
  for (const [file, text] of included) session.sources.set(file, text);
  if (!topology || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { topology, warnings: diagnostics };
}

/** Reads and checks a file, and says what it wants. */
export async function loadDesired(session: Session, file: string): Promise<Desired> {
  return desiredOf(session, await readSource(session, file));
}

/** Checks a text, and says what it wants. Every mistake in it is thrown in one DiagnosticError. */
export async function desiredOf(session: Session, source: Source): Promise<Desired> {
  return compiled(session, await checked(session, source));
}

/** Says what a topology wants. */
export async function compiled(session: Session, { topology, warnings }: Valid): Promise<Desired> {
  const { graph, resolved, diagnostics } = await session.engine.compile(topology);
  const all = [...warnings, ...diagnostics];
  if (!graph || !resolved || hasErrors(diagnostics)) throw new DiagnosticError(all);
  return { topology, resolved, graph, warnings: all };
}
