import { setTimeout as sleep } from 'node:timers/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Outline } from '../topology/outline.ts';
import type { Source } from '../topology/read.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Shells, Views } from './engine.ts';
import { strandedInstances } from './lab-only.ts';
import { beginOpening, endOpening, wayTo, type Opening, type OpeningOptions } from './opening.ts';
import type { Session } from './session.ts';
import { checked, compiled, readSource, type Valid, type Desired } from './desired.ts';

/** A topology's network: what is wanted, the shells of its nodes, and what is being read there. */
export interface Network extends Desired {
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
  session: Session,
  file: string,
  options: OpeningOptions,
  work: (network: Network) => Promise<T>,
): Promise<T> {
  const source = await readSource(session, file);
  const outline = await session.engine.outline(source);
  const early = outline && mayBegin(outline, options) ? beginOpening(session, outline, options) : undefined;
  const valid = await wellMeant(session, source, options, early).catch((error: unknown) => {
    // To hear of a mistake in a file nobody need wait for nodes.
    if (early) void endOpening(session, early);
    throw error;
  });
  const fits = early?.way === wayTo(valid.topology);
  // It may hold locks.
  if (early && !fits) await endOpening(session, early);
  const opening = fits ? early : beginOpening(session, valid.topology, options);
  try {
    if (!fits) await headStart(session, opening);
    const wanted = await compiled(session, valid);
    const shells = await untilAborted(session.signal, opening.shells);
    return await untilAborted(session.signal, work({ ...wanted, shells, reading: opening.reading }));
  } finally {
    await endOpening(session, opening);
  }
}

/** To look at a lab or at this machine harms nobody; a connection to another is made for a file without mistakes only. */
function mayBegin({ doc: { nodes = {} } }: Outline, { lab, node }: OpeningOptions): boolean {
  if (node !== undefined && nodes[node] === undefined) return false;
  return lab === true || Object.values(nodes).every(({ reach }) => reach?.via !== 'ssh');
}

/** While the nodes are being asked, what is needed next is loaded. */
async function headStart(session: Session, { asked }: Opening): Promise<void> {
  const { signal } = session;
  await untilAborted(signal, Promise.all([session.engine.preload(), Promise.race([asked, sleep(HEAD_START_MS)])]));
}

async function wellMeant(
  session: Session,
  source: Source,
  options: OpeningOptions,
  early: Opening | undefined,
): Promise<Valid> {
  if (early) await headStart(session, early);
  const valid = await checked(session, source);
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
export async function openShells(session: Session, topology: ValidTopology, lab: boolean): Promise<Shells> {
  refuseStranded(topology, lab);
  return untilAborted(session.signal, session.engine.open(topology, { lab }));
}

async function requireNode(topology: ValidTopology, node: string): Promise<void> {
  const nodes = Object.keys(topology.doc.nodes ?? {});
  if (nodes.includes(node)) return;
  const { suggestion } = await import('../topology/suggest.ts');
  const hint = suggestion(node, nodes);
  const summary = `${topology.file} has no node ${JSON.stringify(node)}`;
  throw new DiagnosticError([{ code: 'NLX22', severity: 'error', summary, ...(hint !== undefined && { hint }) }]);
}
