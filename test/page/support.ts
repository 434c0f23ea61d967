import { createAccess } from '../../src/page/server/access.ts';
import { createApp, type Desk } from '../../src/page/server/app.ts';
import { doorsOf } from '../../src/page/server/doors.ts';
import { createBoard } from '../../src/page/server/stream.ts';
import type { PageState } from '../../src/page/wire/state.ts';

/** A state with nothing in it but the name of a topology, which nobody may learn without a cookie. */
export const STATE: PageState = {
  about: { topology: 'secret-name', file: 't.yaml', version: '1.0.0', lab: true, mayApply: false, machine: 'host1' },
  sight: { state: 'first', at: null, now: 0, words: '', leftOut: [], diagnostics: [] },
  machine: {
    task: 'shows',
    phase: 'idle',
    blocked: false,
    backingOff: [],
    hears: { nodes: 0, namespaces: 0 },
    notes: [],
  },
  services: [],
  floatingIps: [],
  ports: [],
  changes: null,
  drift: [],
  runs: [],
  work: { state: 'idle', at: null, done: 0, total: 0, words: '', diagnostics: [] },
  reach: { state: 'idle', at: null, rows: [], diagnostics: [] },
  picture: null,
  devices: null,
};

const HOST = '127.0.0.1:9465';

/** Headers of a request from the page itself. */
export const OWN = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' };

/** Returns the page's routes, with a desk that notes what it is asked for. */
export function site(desk: Partial<Desk> = {}) {
  const asked: string[] = [];
  const access = createAccess();
  const board = createBoard(STATE);
  const app = createApp({
    access,
    board,
    doors: doorsOf('127.0.0.1', 9465),
    cookie: 'netloom-9465',
    desk: {
      part: () => undefined,
      picture: () => undefined,
      draw: (level) => level === 'devices',
      ways: () => [],
      verify: () => asked.push('verify'),
      ...desk,
    },
  });
  const send = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
    app.request(path, { ...init, headers: { host: HOST, ...headers } });
  const post = (path: string, headers: Record<string, string>, body: unknown = {}): Promise<Response> =>
    send(path, headers, { method: 'POST', body: JSON.stringify(body) });
  const enter = async (): Promise<{ readonly cookie: string }> => {
    const answer = await post('/api/session', OWN, { token: access.link() });
    return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  };
  return { access, asked, board, enter, post, send };
}
