import { InvalidArgumentError, type Command } from 'commander';
import type { NodeChoice } from '../../session/choice.ts';
import { addAbout, addExamples, addExitCodes, addFile, addLab, addNoCache, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addLockTimeout, addResync, RESYNC_MS } from '../limits.ts';
import { addFlag } from '../option.ts';
import { addAllowApply, LOOPBACK, PORT } from '../page/flags.ts';
import { cannotListen, pageOptions, warnOfReaders } from '../page/open.ts';

interface ServeOptions extends NodeChoice {
  readonly lab?: boolean;
  readonly listen?: string;
  readonly port?: number;
  /** In milliseconds. */
  readonly resync?: number;
  /** In milliseconds. */
  readonly poll?: number;
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
  addResync(command);
  addAllowApply(command);
  addAbout(
    command,
    'netloom prints a link that works once: the browser exchanges its token for a cookie. A visitor can make a link ' +
      'for another browser. Without --allow-apply the page changes nothing. The nodes tell when something changes ' +
      'there, and the page shows it at once; `netloom watch --ui` is the same page over a watch that heals.',
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
  const { listen: address = LOOPBACK, port = PORT, lab = false, allowApply = false } = options;
  const { resync = RESYNC_MS, poll = 0 } = options;
  const { servePage } = await import('../../page/serve.ts');
  const { out } = context.output;
  await servePage(context.session, {
    ...pageOptions({ file, lab, choice: options, mayApply: allowApply }),
    ...{ address, port },
    ...(resync > 0 && { resyncMs: resync }),
    ...(poll > 0 && { pollMs: poll }),
    onReady: (page) => {
      out.line('The page is open to one browser, by this link:');
      out.line(`\n  ${out.colours.bold(page.link())}\n`);
      out.line('Ctrl-C ends it.');
      void warnOfReaders(context, address);
    },
  }).catch((error: unknown) => {
    throw cannotListen(error, { address, port });
  });
  return EXIT.ok;
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('it must be a TCP port, from 0 to 65535.');
}
