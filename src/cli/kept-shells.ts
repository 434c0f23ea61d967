import { DiagnosticError } from '../model/diagnostic.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Context } from './context.ts';
import type { Shells } from './engine.ts';
import { openShells } from './network.ts';
import { wayTo } from './opening.ts';

/** The shells of the nodes, kept open from one run to the next. */
export interface KeptShells {
  /**
   * Lets `work` use the shells of a topology. They are opened anew when the nodes or the ways to them have changed; and
   * when `work` fails before it changed anything, once more, for a shell may have died since.
   */
  use<T>(topology: ValidTopology, work: (shells: Shells) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Shells that are opened when they are first used. */
export function keepShells(context: Context, lab: boolean): KeptShells {
  let kept: { readonly way: string; readonly shells: Shells } | undefined;
  const close = async () => {
    const { shells } = kept ?? {};
    kept = undefined;
    if (shells) await context.engine.close(shells);
  };
  const open = async (topology: ValidTopology) => {
    const way = wayTo(topology);
    if (kept?.way !== way) {
      await close();
      kept = { way, shells: await openShells(context, topology, lab) };
      return { shells: kept.shells, fresh: true };
    }
    return { shells: kept.shells, fresh: false };
  };
  return {
    async use(topology, work) {
      const { shells, fresh } = await open(topology);
      try {
        return await work(shells);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        await close();
        if (fresh) throw error;
        return work((await open(topology)).shells);
      }
    },
    close,
  };
}
