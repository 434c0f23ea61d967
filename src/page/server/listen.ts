import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** The most connections at a time: each browser has one for the stream, and a few more. */
const MOST_CONNECTIONS = 64;
const LARGEST_HEADERS = 8192;
/** The time for the headers of a request, for a whole request, and between two requests. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 5000 };

/** A server that listens. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens at an address, at a free port if `port` is 0. `app` returns the routes for the port. Rejects if the port is
 * taken, or the address is none of this machine.
 */
export async function listen(
  app: (port: number) => Hono,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<Listening> {
  const server = createServer({ maxHeaderSize: LARGEST_HEADERS, ...LIMITS });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((settle, reject) => {
    server.once('error', reject);
    server.listen(port, address, settle);
  });
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
  const routes = app(actual);
  const answer = getRequestListener((request, env) => routes.fetch(request, env));
  server.on('request', (request, response) => void answer(request, response));
  return {
    port: actual,
    close: () =>
      new Promise((settle) => {
        server.close(() => {
          settle();
        });
        server.closeAllConnections();
      }),
  };
}
