import { setImmediate as turn } from 'node:timers/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Outline } from '../topology/outline.ts';
import type { NodeChoice } from './choice.ts';
import type { Shells, Views } from './engine.ts';
import { openChosen } from './open.ts';
import type { Session } from './session.ts';

/** How the nodes are opened and read. */
export interface OpenOptions extends NodeChoice {
  readonly lab?: boolean;
  /** Delete foreign objects in namespaces of the topology that can disturb its traffic. */
  readonly healForeign?: boolean;
  /**
   * Take the locks before reading, because no consent is asked in between. Otherwise they are taken after the
   * answer.
   */
  readonly lockFirst?: boolean;
  /** Do not learn what the nodes hold, because everything is deleted. */
  readonly deletesAll?: boolean;
}

/** Nodes that are being opened and read. Each promise rejects with its error; none has to be awaited. */
export interface PendingNodes {
  /** The `reachKeyOf` of its topology: topologies with equal keys have the same nodes, reached by the same methods. */
  readonly reachKey: string;
  readonly shells: Promise<Shells>;
  readonly reading: Promise<Views>;
  /** Whether all nodes give the answers that are known. Then nothing is transferred: `reading` rejects. */
  readonly unchanged: Promise<boolean>;
  /** Settles when the nodes have received their scripts, or cannot be reached: from then on netloom only waits. */
  readonly scriptsSent: Promise<unknown>;
}

/** Returns the topology's name and the method of reaching each node, as text. */
export function reachKeyOf({ doc }: Outline): string {
  return JSON.stringify([doc.name, Object.entries(doc.nodes ?? {}).map(([name, { reach }]) => [name, reach])]);
}

/**
 * Starts opening the nodes, locking them if `lockFirst` is set, and reading them.
 * @param known the digests of the answers that are known
 */
export function openAndRead(
  session: Session,
  topology: Outline,
  options: OpenOptions,
  known?: ReadonlyMap<string, string>,
): PendingNodes {
  const { engine } = session;
  const shells = openChosen(session, topology, { lab: options.lab === true, choice: options });
  const begun = shells.then(async (opened) => {
    const busy = options.lockFirst === true ? await engine.lock(opened, session.lock) : [];
    if (busy.length > 0) throw new DiagnosticError(busy);
    const { name } = topology.doc;
    return { answers: known ? engine.readUnless(name, opened, known) : engine.read(name, opened) };
  });
  const answers = begun.then((read) => read.answers);
  const unchanged = answers.then((read) => read === 'same');
  const reading = answers.then((read) => {
    if (read === 'same') throw new Error('the answers of the nodes are known, and were not transferred');
    return read;
  });
  for (const each of [unchanged, reading]) each.catch(() => undefined);
  const scriptsSent = begun.then(
    () => turn(),
    () => undefined,
  );
  return { reachKey: reachKeyOf(topology), shells, reading, unchanged, scriptsSent };
}

/** Closes the shells once they are open; a reading in progress is finished first. */
export async function closePending(session: Session, { shells }: PendingNodes): Promise<void> {
  const opened = await shells.catch(() => undefined);
  if (opened !== undefined) await session.engine.close(opened);
}
