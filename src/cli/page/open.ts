import { hostname } from 'node:os';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { NodeChoice } from '../../session/choice.ts';
import type { WatchOptions } from '../../session/watch.ts';
import type { Context } from '../context.ts';
import { cliError } from '../error.ts';
import { printDiagnostics } from '../report.ts';
import { ownVersion } from '../version.ts';

/** Where the page is served. Port 0 is a free one. */
export interface PageAddress {
  readonly address: string;
  readonly port: number;
}

/** What a page shows of a file. */
export interface PageOf {
  readonly file: string;
  readonly lab: boolean;
  readonly choice: NodeChoice;
  readonly mayApply: boolean;
}

/** Returns what the page is opened with. */
export function pageOptions({ file, lab, choice: { node, except }, mayApply }: PageOf) {
  const about = { file, version: ownVersion(), lab, mayApply, machine: hostname() };
  return { file, lab, about, choice: { ...(node && { node }), ...(except && { except }) } };
}

/** Warns if other machines reach the address. */
export async function warnOfReaders(context: Context, address: string): Promise<void> {
  const { isLoopback } = await import('../../page/open.ts');
  if (!isLoopback(address)) await printDiagnostics(context, [warnOfAddress(address)]);
}

/** Returns the warning of an address that other machines reach. */
export function warnOfAddress(address: string): Diagnostic {
  return {
    code: 'NLX71',
    severity: 'warning',
    summary: `other machines reach ${address}, and what is sent can be read on the way`,
    hint: 'at 127.0.0.1, the default, only this machine reaches the page; `ssh -L` leads to it from another one',
  };
}

/** Returns the error for an address or port that cannot be had; any other error as it is. */
export function cannotListen(error: unknown, { address, port }: PageAddress): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !['listen', 'getaddrinfo'].includes(String(error.syscall)))
    return error;
  return cliError('NLX70', `the page cannot be served at ${address}, port ${String(port)}: ${error.message}`, {
    hint: 'port 0 takes a free one; `ip address` lists the addresses of this machine',
  });
}

/** What a watch with a page is to be given. */
export type Shown = Pick<WatchOptions, 'onlooker' | 'run'> & {
  /** Is told how a run is begun. */
  readonly connect: (again: () => void) => void;
};

/** Serves a page over a watch while `work` runs the watch. Without an address `work` runs alone. */
export async function withPage(
  context: Context,
  at: PageAddress | undefined,
  {
    of,
    task,
    run,
  }: { readonly of: PageOf; readonly task: 'shows' | 'reports' | 'heals' | 'applies' } & Pick<WatchOptions, 'run'>,
  work: (shown: Shown) => Promise<void>,
): Promise<void> {
  if (at === undefined) return work({ run, connect: () => undefined });
  const { openPage } = await import('../../page/open.ts');
  const page = await openPage(context.session, { ...pageOptions(of), ...at, task }).catch((error: unknown) => {
    throw cannotListen(error, at);
  });
  context.listen(page.hear);
  context.output.err.line(`The page: ${page.link()}`);
  await warnOfReaders(context, at.address);
  try {
    await work({ onlooker: page.onlooker, run: page.run(run), connect: page.connect });
  } finally {
    await page.close();
  }
}
