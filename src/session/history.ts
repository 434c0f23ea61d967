import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Run } from '../model/run.ts';
import { UnusableState } from '../snapshot/decode.ts';
import { linesOf } from '../snapshot/encode.ts';
import { decodeRun, type RunDetails } from '../snapshot/run-details.ts';
import { escapeControls } from '../topology/show.ts';
import { runsOf } from './archive.ts';
import { checked, readSource } from './desired.ts';
import { filesOf, type RecordedSource } from './recorded-source.ts';
import type { Session } from './session.ts';

/** Returns the name of a file's topology, also if the file has errors elsewhere. */
export async function topologyName(session: Session, file: string): Promise<string> {
  const source = await readSource(session, file);
  const outline = await session.engine.outline(source);
  return outline?.doc.name ?? (await checked(session, source)).topology.doc.name;
}

/** Returns the archived runs of a topology, the oldest first. @throws DiagnosticError NLX43 */
export async function runsOfTopology(session: Session, topology: string, lab: boolean): Promise<readonly Run[]> {
  const { archive } = session;
  if (archive === undefined) return [];
  const runs = await runsOf(archive, topology, lab)
    .list()
    .catch((error: unknown) => {
      throw unreadable(topology, error);
    });
  return runs.map(withDecisions);
}

/** Returns a run whose netloom was killed as others ended it, by what they decided. */
function withDecisions(run: Run): Run {
  const { decisions = [], outcome } = run;
  const last = decisions.findLast(({ whole }) => whole);
  if (outcome !== 'unfinished' || last === undefined) return run;
  const kept = [...new Set(decisions.flatMap((each) => each.kept))].sort();
  const isReverted = decisions.some(({ reverted }) => reverted.length > 0);
  const ended = { ...run, ended: last.time };
  if (!isReverted) return { ...ended, outcome: 'settled' };
  return kept.length === 0 ? { ...ended, outcome: 'reverted' } : { ...ended, outcome: 'partly-reverted', kept };
}

/**
 * Returns an archived run, by default the last one that was not undone.
 * @throws DiagnosticError NLX42 if there is none, NLX43 if it cannot be read
 */
export async function runOfTopology(
  session: Session,
  topology: string,
  lab: boolean,
  number?: number,
): Promise<{ readonly run: Run; readonly details: RunDetails }> {
  const runs = await runsOfTopology(session, topology, lab);
  const found = runs.findLast((run) => (number === undefined ? canBeUndone(run) : run.number === number));
  if (found === undefined) throw noRun(topology, runs, number);
  return { run: found, details: await detailsOfRun(session, topology, lab, found.number) };
}

/** Returns what is archived of a listed run. @throws DiagnosticError NLX43 if it cannot be read */
export async function detailsOfRun(
  { archive }: Session,
  topology: string,
  lab: boolean,
  number: number,
): Promise<RunDetails> {
  try {
    if (archive === undefined) throw new Error('there is no archive');
    return decodeRun(await runsOf(archive, topology, lab).details(number));
  } catch (error) {
    throw unreadable(`${topology}, run ${String(number)}`, error);
  }
}

/** The nodes may still be as the run left them. */
function canBeUndone({ reverted, undoes, outcome }: Run): boolean {
  return reverted === undefined && undoes === undefined && outcome !== 'rolled-back' && outcome !== 'reverted';
}

function noRun(topology: string, runs: readonly Run[], number: number | undefined): DiagnosticError {
  const [first, last] = [runs[0], runs.at(-1)];
  const range = first && last ? `it has ${String(first.number)} to ${String(last.number)}` : 'it is empty';
  return failure({
    code: 'NLX42',
    summary:
      number === undefined
        ? `the history of ${topology} has no run to undo`
        : `the history of ${topology} has no run ${String(number)}`,
    hint: `${range}; the last 42 runs are kept, on the machine and for the user that netloom ran as`,
  });
}

/** Returns the error of a part of a history that cannot be read. */
export function unreadable(what: string, error: unknown): DiagnosticError {
  const why =
    error instanceof UnusableState || error instanceof Error ? escapeControls(error.message) : 'it is damaged';
  return failure({
    code: 'NLX43',
    summary: `the history of ${what} cannot be read: ${why}`,
    hint: 'run netloom as the user that made the run; what is damaged can be deleted',
  });
}

function failure(diagnostic: Omit<Diagnostic, 'severity'>): DiagnosticError {
  return new DiagnosticError([{ ...diagnostic, severity: 'error' }]);
}

/** Returns the topology file of a run, and those that it names, by path; the first is the topology file. */
export function topologyFiles({ source }: RunDetails): ReadonlyMap<string, Uint8Array> {
  return source === undefined ? new Map() : filesOf(source as RecordedSource);
}

/** Returns the recorded state before or after a run, as the text of a file; `undefined`: the nodes were not read. */
export function stateText(details: RunDetails, when: 'before' | 'after'): string | undefined {
  const text = details[when];
  return text === undefined ? undefined : linesOf(JSON.parse(text) as object);
}
