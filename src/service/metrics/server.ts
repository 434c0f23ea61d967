import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenAddress } from './address.ts';
import { allowsHost } from './host-header.ts';
import type { Metrics } from './metrics.ts';

/** What is served. */
export interface Served {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Why the network may not be as the file says, in one line; `undefined`: it is. */
  readonly reason: () => string | undefined;
}

/** A server that listens. */
export interface MetricsServer {
  /** Where it listens; its port is the one that the kernel chose, if 0 was asked for. */
  readonly address: ListenAddress;
  close(): Promise<void>;
}

/** Serves `/metrics` and `/healthz` over HTTP. It keeps no process alive. @throws Error if it cannot listen there */
export async function serveMetrics(address: ListenAddress, served: Served): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    void answer(request, response, address, served);
  });
  server.maxConnections = 64;
  server.headersTimeout = 5000;
  server.requestTimeout = 10_000;
  await new Promise<void>((settle, fail) => {
    server.once('error', fail);
    server.listen(address.port, address.host, () => {
      server.off('error', fail);
      settle();
    });
  });
  // A failed accept, such as of too many open files, ends one connection and not the watch.
  server.on('error', () => undefined);
  server.unref();
  return {
    address: { host: address.host, port: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((settle) => {
        server.close(() => {
          settle();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  address: ListenAddress,
  { metrics, reason }: Served,
): Promise<void> {
  const send = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 && { allow: 'GET, HEAD' }),
    });
    response.end(request.method === 'HEAD' ? '' : text);
  };
  if (!allowsHost(address, request.headers.host)) {
    send(421, 'the Host of the request is not this machine\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(405, 'only GET\n');
    return;
  }
  const path = request.url?.split('?')[0];
  if (path === '/metrics') {
    send(200, await metrics.text(), metrics.contentType);
  } else if (path === '/healthz') {
    const why = reason();
    send(why === undefined ? 200 : 503, `${why ?? 'ok'}\n`);
  } else {
    send(404, 'there are /metrics and /healthz\n');
  }
}
