import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SessionEvent } from '../../model/event.ts';
import type { Context } from '../context.ts';
import { cliError } from '../error.ts';
import { printDiagnostics } from '../report.ts';
import { ownVersion } from '../version.ts';
import type { Notifier } from '../../service/notify/notifier.ts';
import type { ListenAddress } from '../../service/metrics/address.ts';

/** What a watch tells besides its output. */
export interface ServiceOptions {
  /** Where metrics are served; absent: nowhere. */
  readonly metrics?: ListenAddress;
}

/**
 * Lets `work` run as a service: systemd hears how it is, if it has asked (NOTIFY_SOCKET), and metrics are served.
 * `work` calls the function that it gets when the file is about to be read again, because of SIGHUP.
 * @throws DiagnosticError NLX66 if the address of the metrics cannot be used
 */
export async function asService(
  context: Context,
  { metrics }: ServiceOptions,
  work: (reloading: () => void) => Promise<void>,
): Promise<void> {
  const asked = context.env['NOTIFY_SOCKET'] !== undefined;
  if (!asked && metrics === undefined) return work(() => undefined);
  const { createHealth } = await import('../../service/health/health.ts');
  const health = createHealth();
  const { now } = context.session;
  context.listen((event) => {
    health.onEvent(event);
  });
  const reason = (): string | undefined => health.reason(now());
  const server = metrics === undefined ? undefined : await serve(context, metrics, reason);
  const notifier = asked ? await notify(context, () => health.alive(now())) : undefined;
  try {
    await work(() => {
      notifier?.reloading();
    });
  } finally {
    await Promise.all([server?.close(), notifier?.close()]);
  }
}

async function serve(context: Context, at: ListenAddress, reason: () => string | undefined) {
  const [{ createMetrics }, { serveMetrics }, { isLoopback, urlOf }] = await Promise.all([
    import('../../service/metrics/metrics.ts'),
    import('../../service/metrics/server.ts'),
    import('../../service/metrics/address.ts'),
  ]);
  const metrics = createMetrics(ownVersion(), reason);
  const server = await serveMetrics(at, { metrics, reason }).catch((error: unknown) => {
    throw cliError('NLX66', `metrics cannot be served at ${urlOf(at)}`, {
      detail: error instanceof Error ? error.message : String(error),
      hint: 'name another address or port: --metrics 127.0.0.1:9464',
    });
  });
  context.listen((event) => {
    metrics.onEvent(event);
  });
  if (!isLoopback(at)) await printDiagnostics(context, [warnOfReaders(urlOf(server.address))]);
  if (!context.json) context.output.err.line(`Metrics: ${urlOf(server.address)}/metrics; health: /healthz`);
  return server;
}

/** Returns the warning that other hosts can read the metrics at a URL (NLX65). */
export function warnOfReaders(url: string): Diagnostic {
  return {
    code: 'NLX65',
    severity: 'warning',
    summary: `the metrics at ${url} have no password, and other hosts can read them`,
    hint: 'use 127.0.0.1, or let a firewall admit only your Prometheus',
  };
}

async function notify(context: Context, alive: () => boolean): Promise<Notifier | undefined> {
  const { startNotifier } = await import('../../service/notify/notifier.ts');
  const notifier = startNotifier({
    env: context.env,
    pid: process.pid,
    alive,
    onTrouble: (message) => {
      context.output.err.line(`netloom: ${message}`);
    },
  });
  if (notifier === undefined) return undefined;
  context.listen((event: SessionEvent) => {
    notifier.onEvent(event);
  });
  return notifier;
}
