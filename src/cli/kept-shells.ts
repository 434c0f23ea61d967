import { DiagnosticError } from '../model/diagnostic.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Context } from './context.ts';
import type { Shells, Views } from './engine.ts';
import { openShells } from './network.ts';
import { wayTo } from './opening.ts';

/** The shells of the nodes, kept open from one run to the next. */
export interface KeptShells {
  /** Begins to read the nodes, if they are open; a `use` that follows soon need not. */
  readAhead(): void;
  /**
   * Lets `work` use the shells of a topology, and what was read ahead of it. They are opened anew when the nodes or the ways to them have changed; and
   * when `work` fails before it changed anything, once more, for a shell may have died since.
   */
  use<T>(topology: ValidTopology, work: (shells: Shells, reading?: Promise<Views>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Kept {
  readonly name: string;
  readonly way: string;
  readonly shells: Shells;
}

/** What was read longer ago says too little of now. */
const AHEAD_MS = 500;

/** Shells that are opened when they are first used. */
export function keepShells(context: Context, lab: boolean): KeptShells {
  let kept: Kept | undefined;
  let ahead: { readonly of: Kept; readonly at: number; readonly reading: Promise<Views> } | undefined;
  const close = async () => {
    const { shells } = kept ?? {};
    kept = undefined;
    if (shells) await context.engine.close(shells);
  };
  const open = async (topology: ValidTopology) => {
    const way = wayTo(topology);
    if (kept?.way !== way) {
      await close();
      kept = { name: topology.doc.name, way, shells: await openShells(context, topology, lab) };
      return { of: kept, fresh: true };
    }
    return { of: kept, fresh: false };
  };
  /** What was read ahead is used once. */
  const readOf = (of: Kept): Promise<Views> | undefined => {
    const last = ahead;
    ahead = undefined;
    return last?.of === of && performance.now() - last.at < AHEAD_MS ? last.reading : undefined;
  };
  return {
    readAhead() {
      if (kept === undefined) return;
      const reading = context.engine.read(kept.name, kept.shells);
      // Whoever uses it is told what went wrong.
      reading.catch(() => undefined);
      ahead = { of: kept, at: performance.now(), reading };
    },
    async use(topology, work) {
      const { of, fresh } = await open(topology);
      try {
        return await work(of.shells, readOf(of));
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        await close();
        if (fresh) throw error;
        return work((await open(topology)).of.shells);
      }
    },
    close,
  };
}
