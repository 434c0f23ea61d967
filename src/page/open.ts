import type { UntimedEvent } from '../model/event.ts';
import type { Session } from '../session/session.ts';
import type { WatchOptions } from '../session/watch.ts';
import type { Onlooker } from '../session/watch/onlooker.ts';
import { createAccess } from './server/access.ts';
import { createApp } from './server/app.ts';
import { doorsOf, hostText } from './server/doors.ts';
import { listen } from './server/listen.ts';
import { Show, type ShowOptions } from './show.ts';

export { isLoopback } from './server/doors.ts';

/** Where the page is served. */
export interface PageOptions extends ShowOptions {
  readonly address: string;
  /** 0: a free one. */
  readonly port: number;
}

/** A page that is served. A watch provides what it shows. */
export interface OpenPage {
  /** Is told what the watch sees. */
  readonly onlooker: Onlooker;
  /** Is told what the session does. */
  readonly hear: (event: UntimedEvent) => void;
  /** Is told how a run of the watch is begun. */
  readonly connect: (again: () => void) => void;
  /** Returns the run that applies what the page asked for, or else the watch's own. */
  readonly run: (own: WatchOptions['run']) => WatchOptions['run'];
  /** Returns a new link, which works once. */
  readonly link: () => string;
  close(): Promise<void>;
}

/** Serves the page. Rejects if it cannot listen. */
export async function openPage(session: Session, { address, port, ...options }: PageOptions): Promise<OpenPage> {
  const show = new Show(session, options);
  const access = createAccess();
  const server = await listen(
    (actual) =>
      createApp({
        ...{ access, board: show.board, desk: show },
        doors: doorsOf(address, actual),
        cookie: `netloom-${String(actual)}`,
      }),
    { address, port },
  ).catch((error: unknown) => {
    show.close();
    throw error;
  });
  return {
    onlooker: show,
    hear: (event) => {
      show.hear(event);
    },
    connect: (again) => {
      show.orders.connect(again);
    },
    run: (own) => show.orders.run(own),
    link: () => `http://${hostText(address, server.port)}/#${access.link()}`,
    async close() {
      show.close();
      await server.close();
    },
  };
}
