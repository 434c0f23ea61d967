import { hostname } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { NodeChoice } from '../../session/choice.ts';
import { addAbout, addExamples, addExitCodes, addFile, addLab, addNoCache, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addLockTimeout, readDuration } from '../limits.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics } from '../report.ts';
import { ownVersion } from '../version.ts';

/** The port of the page, so that an SSH forwarding to it can be written down. */
const PORT = 9465;
const LOOPBACK = '127.0.0.1';
/** Milliseconds from one look to the next. */
const EVERY_MS = 2000;

interface ServeOptions extends NodeChoice {
  readonly lab?: boolean;
  readonly listen?: string;
  readonly port?: number;
  /** In milliseconds. */
  readonly every?: number;
  readonly allowApply?: boolean;
}

/** Adds `serve`, which shows the network of a file as a page in the browser. */
export function addServe(program: Command, act: Act): void {
  const command = addFile(
    program.command('serve').description('show the network as a page in the browser: services, topology, changes'),
  );
  addNodeChoice(command);
  addLockTimeout(addNoCache(addLab(command)));
  addFlag(command, '--listen <address>', `serve at this address of the machine; ${LOOPBACK} by default`);
  addFlag(command, '--port <n>', `serve at this TCP port, 0 at a free one; ${String(PORT)} by default`);
  command.options.at(-1)?.argParser<number>(readPort);
  addFlag(command, '--every <duration>', 'read the nodes so often while a browser looks; 2s by default');
  command.options.at(-1)?.argParser<number>(readEvery);
  addFlag(command, '--allow-apply', 'let the page apply the plan that it shows');
  addAbout(
    command,
    'netloom prints a link that works once: the browser exchanges its token for a cookie. A visitor can make a link ' +
      'for another browser. Without --allow-apply the page changes nothing.',
    'The page needs no internet, and only this machine reaches it. From another one: ' +
      `\`ssh -L ${String(PORT)}:${LOOPBACK}:${String(PORT)} HOST\`. The page speaks HTTP, so an address of a network ` +
      'is for networks that you trust.',
  );
  addExitCodes(command, [0, 'ended by Ctrl-C or SIGTERM'], [1, 'an error']);
  addExamples(command, [
    ['open the link that it prints', 'serve topology.yaml'],
    ['the lab, with a button that applies the plan', 'serve --lab --allow-apply topology.yaml'],
  ]).action(act(serve));
}

async function serve(context: Context, file: string, options: ServeOptions): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'serve needs a file; it reads it again when it changes');
  const { listen: address = LOOPBACK, port = PORT, lab = false, every = EVERY_MS, allowApply = false } = options;
  const { isLoopback, servePage } = await import('../../page/serve.ts');
  const { out } = context.output;
  const about = { file, version: ownVersion(), lab, mayApply: allowApply, machine: hostname() };
  await servePage(context.session, {
    ...{ file, lab, every, about, address, port },
    choice: { ...(options.node && { node: options.node }), ...(options.except && { except: options.except }) },
    onReady: (link) => {
      out.line('The page is open to one browser, by this link:');
      out.line(`\n  ${out.colours.bold(link())}\n`);
      out.line('Ctrl-C ends it.');
      if (!isLoopback(address)) void printDiagnostics(context, [warnOfAddress(address)]);
    },
  }).catch((error: unknown) => {
    throw cannotListen(error, address, port) ?? error;
  });
  return EXIT.ok;
}

/** Returns the warning of an address that other machines reach. */
export function warnOfAddress(address: string): Diagnostic {
  return {
    code: 'NLX71',
    severity: 'warning',
    summary: `other machines reach ${address}, and what is sent can be read on the way`,
    hint: 'without --listen only this machine reaches the page; `ssh -L` leads to it from another one',
  };
}

/** Returns the error for an address or port that cannot be had; `undefined` for any other. */
function cannotListen(error: unknown, address: string, port: number): Error | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !['listen', 'getaddrinfo'].includes(String(error.syscall)))
    return undefined;
  return cliError('NLX70', `the page cannot be served at ${address}, port ${String(port)}: ${error.message}`, {
    hint: 'another port: `--port 0` takes a free one; `ip address` lists the addresses of this machine',
  });
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('it must be a TCP port, from 0 to 65535.');
}

function readEvery(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds >= 200) return milliseconds;
  throw new InvalidArgumentError('it must be at least 200ms.');
}
