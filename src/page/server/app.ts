import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { FILES } from '../files.gen.ts';
import type { PartDetails, PartName } from '../wire/part.ts';
import type { PictureWay } from '../wire/picture.ts';
import type { Access } from './access.ts';
import type { Doors } from './doors.ts';
import { strictHeaders } from './headers.ts';
import type { Board } from './stream.ts';

/** What a visitor can ask for. */
export interface Desk {
  /** Returns a part of the file with what stands of it; `undefined`: there is none. */
  part(name: PartName): PartDetails | undefined;
  /** Returns the picture at this address as SVG; `undefined`: there is none, or another by now. */
  picture(src: string): string | undefined;
  /** From now on this level is drawn. Returns false if there is no such level. */
  draw(level: string): boolean;
  /** Returns the ways of a floating IP in a picture; none: they are not drawn. */
  ways(level: string, name: string): readonly PictureWay[];
  /** Begins to try the expectations, unless that runs. */
  verify(): void;
  /** Begins to apply the plan of this checksum; returns false if another apply runs. Absent: nothing is applied. */
  apply?: (checksum: string) => boolean;
}

/** What the routes of the page need. */
export interface AppOptions {
  readonly access: Access;
  readonly doors: Doors;
  readonly board: Board;
  readonly desk: Desk;
  /** Cookies do not tell ports apart, so a name does. */
  readonly cookie: string;
}

const SVG = 'image/svg+xml; charset=utf-8';
/** The most bytes of a body: a token, or a checksum. */
const LARGEST_BODY = 1024;

/** Returns the routes of the page. The page's files need no cookie, and tell nothing of the network. */
export function createApp({ access, doors, board, desk, cookie }: AppOptions): Hono {
  const app = new Hono();
  app.use(strictHeaders);
  app.use(async (context, next) => {
    context.header('Cache-Control', 'no-store');
    if (!doors.hasHost(context.req.header('host'))) return nothing(context, 421);
    if (!mayCome(context, doors)) return nothing(context, 403);
    await next();
  });
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: (context) => nothing(context, 413) }));
  for (const { path, type, text } of FILES)
    app.get(path, (context) => context.body(text, 200, { 'Content-Type': type }));
  app.post('/api/session', async (context) => {
    const value = access.exchange(await field(context, 'token'));
    if (value === undefined) return nothing(context, 401);
    setCookie(context, cookie, value, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return nothing(context, 204);
  });
  app.use(async (context, next) => {
    if (!access.admits(getCookie(context, cookie))) return nothing(context, 401);
    await next();
  });
  app.get('/api/session', (context) => nothing(context, 204));
  app.get('/api/stream', (context) => {
    const stream = board.open();
    if (stream === undefined) return nothing(context, 503);
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  });
  app.get('/api/part/:collection/:name', (context) => {
    const details = desk.part({ collection: context.req.param('collection'), name: context.req.param('name') });
    return details === undefined ? nothing(context, 404) : context.json(details);
  });
  app.get('/api/picture/:version', (context) => {
    const svg = desk.picture(context.req.path);
    return svg === undefined ? nothing(context, 404) : context.body(svg, 200, { 'Content-Type': SVG });
  });
  app.post('/api/level', async (context) => nothing(context, desk.draw(await field(context, 'level')) ? 202 : 404));
  app.get('/api/ways/:level/:name', (context) =>
    context.json(desk.ways(context.req.param('level'), context.req.param('name'))),
  );
  app.post('/api/link', (context) => context.json({ token: access.link() }));
  app.post('/api/verify', (context) => {
    desk.verify();
    return nothing(context, 202);
  });
  app.post('/api/apply', async (context) => {
    const checksum = await field(context, 'checksum');
    if (desk.apply === undefined) return nothing(context, 403);
    return nothing(context, desk.apply(checksum) ? 202 : 409);
  });
  app.notFound((context) => nothing(context, 404));
  app.onError((_, context) => nothing(context, 500));
  return app;
}

/**
 * Returns whether a request comes from this page, or from the user. A page of another origin cannot leave out these
 * headers. What changes anything needs an origin in any case.
 */
function mayCome(context: Context, doors: Doors): boolean {
  const { method } = context.req;
  const origin = context.req.header('origin');
  const reads = method === 'GET' || method === 'HEAD';
  if (origin === undefined ? !reads : !doors.hasOrigin(origin)) return false;
  const site = context.req.header('sec-fetch-site') ?? 'none';
  // A link on another site may lead to the page, but not to what it loads.
  const arrives = context.req.header('sec-fetch-mode') === 'navigate' && context.req.path === '/';
  return site === 'none' || site === 'same-origin' || (reads && arrives);
}

/** Returns a text of a JSON body; empty if it has none. */
async function field(context: Context, name: string): Promise<string> {
  const body: unknown = await context.req.json<unknown>().catch(() => undefined);
  if (body === null || typeof body !== 'object') return '';
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
}

/** An answer with nothing in it. */
function nothing(context: Context, status: 202 | 204 | 401 | 403 | 404 | 409 | 413 | 421 | 500 | 503): Response {
  return context.body(null, status);
}
