import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { Source } from '../topology/read.ts';
import type { Outline } from '../topology/outline.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Session } from './session.ts';

/** A valid topology, with its warnings. */
export interface Valid {
  readonly source: Source;
  readonly topology: ValidTopology;
  readonly warnings: readonly Diagnostic[];
}

/** A topology and its desired state, with all warnings. */
export interface Desired {
  /** The file, and the folder with the files that were read with it. */
  readonly source: Source;
  readonly topology: ValidTopology;
  readonly resolved: ResolvedTopology;
  readonly graph: DesiredGraph;
  readonly warnings: readonly Diagnostic[];
  /** Those of the warnings that tell of a derived address which changes. Absent: the nodes have not been read. */
  readonly renumbered?: readonly Diagnostic[];
}

/** Reads and validates a file. @throws DiagnosticError with every error in it */
export async function loadValid(session: Session, file: string): Promise<Valid> {
  return checked(session, await readSource(session, file));
}

/** Reads a file, and keeps its text for the source frames of diagnostics. */
export async function readSource(session: Session, file: string): Promise<Source> {
  const source = await untilAborted(session.signal, session.engine.source(file));
  session.sources.set(source.file, source.text);
  return source;
}

/**
 * Returns the name and nodes of a file: of one with errors too, so that an apply of it can be reverted after the file
 * was broken. @throws DiagnosticError with the file's errors, if its name and nodes cannot be read either
 */
export async function loadOutline(session: Session, file: string): Promise<Outline> {
  const source = await readSource(session, file);
  try {
    return (await checked(session, source)).topology;
  } catch (error) {
    const outline = error instanceof DiagnosticError ? await session.engine.outline(source) : undefined;
    if (outline === undefined) throw error;
    return outline;
  }
}

/** Validates a text. @throws DiagnosticError with every error in it */
export async function checked(session: Session, source: Source): Promise<Valid> {
  const { topology, diagnostics, included } = await session.engine.load(source);
  for (const [file, text] of included) session.sources.set(file, text);
  if (!topology || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  return { source, topology, warnings: diagnostics };
}

/** Reads, validates and compiles a file. */
export async function loadDesired(session: Session, file: string): Promise<Desired> {
  return desiredOf(session, await readSource(session, file));
}

/** Validates and compiles a text. @throws DiagnosticError with every error in it */
export async function desiredOf(session: Session, source: Source): Promise<Desired> {
  return compiled(session, await checked(session, source));
}

/** Returns the same desired state; with `healForeign`, foreign objects that disturb traffic are deleted. */
export function healing<T extends Desired>(desired: T, healForeign: boolean | undefined): T {
  return healForeign === true ? { ...desired, graph: { ...desired.graph, healForeign } } : desired;
}

/** Compiles a topology to its desired state. */
export async function compiled(session: Session, { source, topology, warnings }: Valid): Promise<Desired> {
  const { graph, resolved, diagnostics } = await session.engine.compile(topology);
  const all = [...warnings, ...diagnostics];
  if (!graph || !resolved || hasErrors(diagnostics)) throw new DiagnosticError(all);
  return { source, topology, resolved, graph, warnings: all };
}
