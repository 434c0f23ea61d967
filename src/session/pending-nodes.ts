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
  /** Settles when the nodes have received their scripts, or cannot be reached: from then on netloom only waits. */
  readonly scriptsSent: Promise<unknown>;
}

/** Returns the topology's name and the method of reaching each node, as text. */
export function reachKeyOf({ doc }: Outline): string {
  return JSON.stringify([doc.name, Object.entries(doc.nodes ?? {}).map(([name, { reach }]) => [name, reach])]);
}

/** Starts opening the nodes, locking them if `lockFirst` is set, and reading them. */
export function openAndRead(session: Session, topology: Outline, options: OpenOptions): PendingNodes {
  const { engine } = session;
  const shells = openChosen(session, topology, { lab: options.lab === true, choice: options });
  const begun = shells.then(async (opened) => {
    const busy = options.lockFirst === true ? await engine.lock(opened, session.lock) : [];
    if (busy.length > 0) throw new DiagnosticError(busy);
    return { reading: engine.read(topology.doc.name, opened) };
  });
  const reading = begun.then((read) => read.reading);
  reading.catch(() => undefined);
  const scriptsSent = begun.then(
    () => turn(),
    () => undefined,
  );
  return { reachKey: reachKeyOf(topology), shells, reading, scriptsSent };
}

/** Closes the shells once they are open; a reading in progress is finished first. */
export async function closePending(session: Session, { shells }: PendingNodes): Promise<void> {
  const opened = await shells.catch(() => undefined);
  if (opened !== undefined) await session.engine.close(opened);
}
