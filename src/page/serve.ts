import type { Session } from '../session/session.ts';
import { createAccess } from './server/access.ts';
import { createApp } from './server/app.ts';
import { doorsOf, hostText } from './server/doors.ts';
import { listen } from './server/listen.ts';
import { watching, type WatchingOptions } from './watching.ts';

export { isLoopback } from './server/doors.ts';

/** Where the page is served. */
export interface ServeOptions extends WatchingOptions {
  readonly address: string;
  /** 0: a free one. */
  readonly port: number;
  /** Called when the page can be opened. `link` returns a new link, which works once. */
  readonly onReady: (link: () => string) => void;
}

/** Serves the page until the session is aborted. Rejects if it cannot listen. */
export async function servePage(session: Session, { address, port, onReady, ...options }: ServeOptions): Promise<void> {
  const { board, desk, run } = watching(session, options);
  const access = createAccess();
  const server = await listen(
    (actual) =>
      createApp({ access, board, desk, doors: doorsOf(address, actual), cookie: `netloom-${String(actual)}` }),
    { address, port },
  );
  onReady(() => `http://${hostText(address, server.port)}/#${access.link()}`);
  try {
    await run();
  } catch (error) {
    if (!session.signal.aborted) throw error;
  } finally {
    await server.close();
  }
}
