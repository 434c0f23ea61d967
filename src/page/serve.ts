import { DiagnosticError } from '../model/diagnostic.ts';
import type { Session } from '../session/session.ts';
import { watchFile, type Ran, type Turn, type WatchOptions } from '../session/watch.ts';
import { openPage, type OpenPage, type PageOptions } from './open.ts';

/** `resyncMs`: everything is read so often, by default never. `pollMs`: the file is, by default if it has no events. */
type Times = Pick<WatchOptions, 'resyncMs' | 'pollMs'>;

/** How the network of a file is looked at for the page alone. */
export interface ServeOptions extends Omit<PageOptions, 'task'>, Times {
  /** Called when the page can be opened. */
  readonly onReady: (page: Pick<OpenPage, 'link'>) => void;
}

/** Serves the page, over a watch that changes nothing, until the session is aborted. Rejects if it cannot listen. */
export async function servePage(
  given: Session,
  { onReady, resyncMs, pollMs, ...options }: ServeOptions,
): Promise<void> {
  const times = { ...(resyncMs !== undefined && { resyncMs }), ...(pollMs !== undefined && { pollMs }) };
  const heard: { by?: OpenPage } = {};
  const session: Session = {
    ...given,
    tell(event) {
      heard.by?.hear(event);
    },
  };
  const page = await openPage(session, { ...options, task: 'shows' });
  heard.by = page;
  onReady(page);
  try {
    await lookFor(session, page, { ...options, ...times });
  } catch (error) {
    if (!session.signal.aborted) throw error;
  } finally {
    await page.close();
  }
}

/** Watches the file and the nodes for a page, and changes nothing but what the page asks for. */
export function lookFor(
  session: Session,
  { onlooker, connect, run }: Pick<OpenPage, 'onlooker' | 'connect' | 'run'>,
  { file, lab, choice, ...times }: Pick<ServeOptions, 'file' | 'lab' | 'choice'> & Times,
): Promise<void> {
  const carryOut = run(look);
  return watchFile(session, file, {
    ...{ lab, choice, onlooker, ...times },
    heal: 'report',
    plansWithErrors: true,
    onAgain: connect,
    run: async (turn) => toldOnly(await carryOut(turn)),
  });
}

/** Compares the nodes with the file as it is now. */
async function look(turn: Turn): Promise<Ran> {
  try {
    const desired = await turn.desired();
    const seen = (_: unknown, first: NonNullable<Ran['final']>): Promise<Ran> =>
      Promise.resolve({ outcome: 'settled', diagnostics: [], final: first });
    return await turn.planned(desired, seen);
  } catch (error) {
    if (error instanceof DiagnosticError) return { outcome: 'error', diagnostics: error.diagnostics };
    throw error;
  }
}

/** An apply that failed is the reader's matter: the watch goes on to look. */
function toldOnly(ran: Ran): Ran {
  return ran.outcome === 'failed' || ran.outcome === 'reverted' ? { ...ran, outcome: 'settled' } : ran;
}
