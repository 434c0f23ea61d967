import { setImmediate as turn } from 'node:timers/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Outline } from '../topology/outline.ts';
import type { Shells, Views } from './engine.ts';
import type { Session } from './session.ts';

/** How the nodes are looked at. */
export interface OpeningOptions {
  readonly lab?: boolean;
  /** Only this node is read. */
  readonly node?: string;
  /** Nobody is asked between reading and changing, so the locks are taken first. (Otherwise they are taken after the answer.) */
  readonly lockFirst?: boolean;
}

/** Nodes that are being opened and read. Whoever waits for one of these is told what went wrong; nobody has to. */
export interface Opening {
  /** What it was begun for: two topologies with the same way mean the same nodes. */
  readonly way: string;
  readonly shells: Promise<Shells>;
  readonly reading: Promise<Views>;
  /** Settles when the nodes have been asked, or cannot be: from then on they work without us. */
  readonly asked: Promise<unknown>;
}

/** The topology's name, and how each node is reached. */
export function wayTo({ doc }: Outline): string {
  return JSON.stringify([doc.name, Object.entries(doc.nodes ?? {}).map(([name, { reach }]) => [name, reach])]);
}

/** Begins to open the nodes, to lock them if that is wanted, and to read them. */
export function beginOpening(session: Session, topology: Outline, options: OpeningOptions): Opening {
  const { engine } = session;
  const shells = engine.open(topology, { lab: options.lab === true });
  const begun = shells.then(async (opened) => {
    const busy = options.lockFirst === true ? await engine.lock(opened) : [];
    if (busy.length > 0) throw new DiagnosticError(busy);
    return { reading: engine.read(topology.doc.name, opened, options.node) };
  });
  const reading = begun.then((read) => read.reading);
  reading.catch(() => undefined);
  const asked = begun.then(
    () => turn(),
    () => undefined,
  );
  return { way: wayTo(topology), shells, reading, asked };
}

/** Closes the shells when they are open, if they ever are; what is being read is read to its end first. */
export async function endOpening(session: Session, { shells }: Opening): Promise<void> {
  const opened = await shells.catch(() => undefined);
  if (opened !== undefined) await session.engine.close(opened);
}
