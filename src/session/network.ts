import { setTimeout as sleep } from 'node:timers/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Outline } from '../topology/outline.ts';
import type { Source } from '../topology/read.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import { checkChoice, chosenNodes, unknownNames, type NodeChoice } from './choice.ts';
import type { PlanResult, Shells, Views } from './engine.ts';
import { openChosen } from './open.ts';
import { labOnlyInstances } from './lab-only.ts';
import { openAndRead, closePending, reachKeyOf, type PendingNodes, type OpenOptions } from './pending-nodes.ts';
import { withHeld } from './held.ts';
import type { PlanMemory } from './remembered.ts';
import type { Session } from './session.ts';
import { checked, compiled, healing, readSource, type Valid, type Desired } from './desired.ts';

/** A topology's network: its desired state, the shells of its nodes, and the reading in progress. */
export interface Network extends Desired {
  readonly shells: Shells;
  readonly reading: Promise<Views>;
  /** Keeps the plan, if it has no changes, so that the next one need not be made. Does not reject. */
  remember(plan: PlanResult): Promise<void>;
}

/** Head start for node reads before parsing occupies the CPU. Most nodes start to read earlier: a shell takes 30 ms. */
const HEAD_START_MS = 200;

/**
 * Reads and validates a file, opens its nodes, lets `work` use them, and always closes them. The nodes are read while
 * the file is parsed: reading occupies their processors, parsing ours. The file's outline is enough for that; if the
 * file turns out to have other nodes, those are opened and read.
 * @param recall called instead of `work` if the last plan of the same file, options and answers of the nodes had no
 * changes: the file is not parsed then, and the nodes only tell that they are as they were
 */
export async function withNetwork<T>(
  session: Session,
  file: string | Source,
  options: OpenOptions,
  work: (network: Network) => Promise<T>,
  recall?: (plan: PlanResult) => Promise<T>,
): Promise<T> {
  const source = typeof file === 'string' ? await readSource(session, file) : file;
  const memory = recall && (await memoryOf(session, source, options));
  const known = await memory?.recall();
  const outline = known?.outline ?? (await session.engine.outline(source));
  const mayOpen = known !== undefined || (outline && mayOpenEarly(outline, options));
  const early = outline && mayOpen ? openAndRead(session, outline, options, known?.digests) : undefined;
  if (recall && known && early && (await isUnchanged(session, early))) {
    session.recalled(known.sizes);
    return recall(known.result).finally(() => closePending(session, early));
  }
  const valid = await validateEarly(session, source, options, early).catch((error: unknown) => {
    // An error in the file is reported without waiting for the nodes.
    if (early) void closePending(session, early);
    throw error;
  });
  const fits = early?.reachKey === reachKeyOf(valid.topology);
  // The pending nodes may hold locks.
  if (early && !fits) await closePending(session, early);
  const pending = fits ? early : openAndRead(session, valid.topology, options);
  try {
    if (!fits) await headStart(session, pending);
    const fresh = healing(await compiled(session, valid), options.healForeign);
    const shells = await untilAborted(session.signal, pending.shells);
    const held = () => withHeld(session, fresh, () => pending.reading, options.lab === true);
    const desired = options.deletesAll === true ? fresh : await held();
    const remember = async (plan: PlanResult): Promise<void> => memory?.remember(desired, plan);
    return await untilAborted(session.signal, work({ ...desired, shells, reading: pending.reading, remember }));
  } finally {
    await closePending(session, pending);
  }
}

async function memoryOf(session: Session, source: Source, options: OpenOptions): Promise<PlanMemory | undefined> {
  if (session.memory === undefined) return undefined;
  return (await import('./remembered.ts')).planMemory(session.memory, source, options);
}

/** Returns whether all nodes answer as they did. Why one cannot be read is reported as if nothing was remembered. */
async function isUnchanged(session: Session, { unchanged }: PendingNodes): Promise<boolean> {
  return untilAborted(
    session.signal,
    unchanged.catch(() => false),
  );
}

/** Reading a lab or this machine is harmless; a connection to another machine is made for a valid file only. */
function mayOpenEarly(outline: Outline, options: OpenOptions): boolean {
  if (unknownNames(outline, options).length > 0) return false;
  const { nodes = {} } = outline.doc;
  const chosen = chosenNodes(outline, options);
  if (chosen?.length === 0) return false;
  return options.lab === true || (chosen ?? Object.keys(nodes)).every((name) => nodes[name]?.reach?.via !== 'ssh');
}

/** Loads the modules needed next while the nodes are read. */
async function headStart(session: Session, { scriptsSent }: PendingNodes): Promise<void> {
  const { signal } = session;
  await untilAborted(
    signal,
    Promise.all([session.engine.preload(), Promise.race([scriptsSent, sleep(HEAD_START_MS)])]),
  );
}

async function validateEarly(
  session: Session,
  source: Source,
  options: OpenOptions,
  early: PendingNodes | undefined,
): Promise<Valid> {
  if (early) await headStart(session, early);
  const valid = await checked(session, source);
  await checkChoice(valid.topology, options);
  refuseLabOnlyInstances(valid.topology, options.lab === true);
  return valid;
}

/** Refuses instances that only a lab can run, if their node is not in the lab. */
function refuseLabOnlyInstances(topology: ValidTopology, lab: boolean): void {
  const errors = labOnlyInstances(topology, lab);
  if (errors.length > 0) throw new DiagnosticError(errors);
}

/** Returns the shells of the chosen nodes. Refuses instances that only a lab can run, on nodes that are not in it. */
export async function openShells(
  session: Session,
  topology: ValidTopology,
  { lab, choice }: { readonly lab: boolean; readonly choice: NodeChoice },
): Promise<Shells> {
  await checkChoice(topology, choice);
  refuseLabOnlyInstances(topology, lab);
  return untilAborted(session.signal, openChosen(session, topology, { lab, choice }));
}
