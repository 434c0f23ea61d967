import type { Command } from 'commander';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import type { PlanResult } from '../../session/engine.ts';
import { approveAndApply, type Terms } from '../../session/approve-and-apply.ts';
import type { Target } from '../../session/target.ts';
import { watchFile, type Ran, type Turn } from '../../session/watch.ts';
import { expectationsOf } from '../../session/window/expectations.ts';
import { showEnd, showPlan } from '../show-and-apply.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache, detailOf } from '../common.ts';
import { asService, type ServiceOptions } from '../service/as-service.ts';
import { addMetrics } from '../service/flag.ts';
import { askConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addConfirm, addResync, RESYNC_MS } from '../limits.ts';
import { addFlag } from '../option.ts';
import { addUi, uiAddress, type UiOptions } from '../page/flags.ts';
import { withPage } from '../page/open.ts';
import { printDiagnostics, reportFailure, startJsonLines } from '../report.ts';
import { printedWarnings, type PrintedWarnings } from '../warnings.ts';
import { addApplyFlags, allowanceOf, confirmation, type ApplyOptions } from './apply.ts';

/** Codes that end a watch. */
const FINAL: ReadonlySet<string> = new Set(['NLX02', 'NLX10', 'NLX11']);

const HEALS = ['off', 'report', 'apply'] as const;
/** What the page says of each. */
const TASKS = { off: 'applies', report: 'reports', apply: 'heals' } as const;

interface WatchOptions extends ApplyOptions {
  readonly heal?: (typeof HEALS)[number];
  /** In milliseconds. */
  readonly resync?: number;
  /** In milliseconds. */
  readonly poll?: number;
  readonly approve?: boolean;
}

/** Adds `watch`, which applies a file now and after every save, and keeps the network as it says. */
export function addWatch(program: Command, act: Act): void {
  const command = addFile(
    program.command('watch').description('apply now and whenever the file is saved, and keep the network as it says'),
  );
  addFlag(command, '--heal <what>', 'what to do if something differs from the file between saves', {
    choices: HEALS,
    default: 'apply',
  });
  addResync(command);
  addFlag(command, '--approve', 'ask before every apply, not only the first');
  addConfirm(command);
  addApplyFlags(
    addJson(
      addNoCache(addLab(command)),
      'lines',
      'the version, then the lines of apply for every run, and what is found and healed in between; needs --yes',
    ),
  );
  addUi(command);
  addMetrics(command);
  addExamples(command, [
    ['ask once, then apply at every save, and heal, until Ctrl-C', 'watch topology.yaml'],
    ['without asking, in the lab', 'watch --lab --yes topology.yaml'],
    ['with metrics for Prometheus, and /healthz', 'watch --yes --metrics 127.0.0.1:9464 topology.yaml'],
    ['with the page in the browser', 'watch topology.yaml --ui'],
    ['only tell what others change on the nodes', 'watch --yes --heal report topology.yaml'],
    [
      'heal only what disturbs no traffic, and read everything every five minutes',
      'watch --yes --max-impact none --resync 5m topology.yaml',
    ],
    ['each save is reverted unless it is kept within two minutes', 'watch --confirm 2m topology.yaml'],
  ]);
  addAbout(
    command,
    'The first plan with changes needs consent; later ones do not, unless --approve. The nodes tell when a link, an ' +
      'address, a route, a policy rule, a rule of nftables or iptables changes, or a daemon ends: what differs from ' +
      'the file then is put right at once. A save with a mistake prints an error; the network is kept as the last ' +
      'good version says. An object that another program changes back five times within a minute is named and left ' +
      'alone. Without a terminal, SIGHUP reads everything again. SIGTERM lets the commands that run end, for ' +
      '10 s at most, and leaves the network; Ctrl-C rolls back an apply that a save began.',
  );
  addExitCodes(command, [0, 'ended by Ctrl-C or SIGTERM'], [1, 'an error that ends the watch, or no consent']);
  command.action(act(watchAndApply));
}

/** What is kept from run to run. */
interface Kept {
  readonly consent: Terms['consent'];
  readonly warnings: PrintedWarnings;
  /** The errors that were told last: a node that is tried again and again has the same ones. */
  told: string;
}

async function watchAndApply(
  context: Context,
  file: string,
  options: WatchOptions & ServiceOptions & UiOptions,
): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'watch needs a file; standard input cannot be watched');
  const asks = options.yes !== true;
  if (asks || options.approve === true) await requireTerminal(context);
  startJsonLines(context);
  const consent = consentOnce(context, !asks && options.approve !== true, options.approve === true);
  const kept: Kept = { consent, warnings: printedWarnings(), told: '' };
  const { resync = RESYNC_MS, poll = 0, heal = 'apply', lab = false, allowApply = false } = options;
  const of = { file, lab, choice: options, mayApply: allowApply };
  const run = (turn: Turn): Promise<Ran> => telling(context, kept, () => runOnce(context, file, turn, options, kept));
  const page = { of, run, task: TASKS[heal] };
  await asService(context, options, (reloading) =>
    withPage(context, uiAddress(options), page, ({ connect, ...shown }) =>
      watchFile(context.session, file, {
        ...{ ...shown, lab, heal, choice: options },
        allowMoves: options.allowMoves === true,
        healForeign: options.healForeign === true,
        ...(resync > 0 && heal !== 'off' && { resyncMs: resync }),
        ...(poll > 0 && { pollMs: poll }),
        onAgain: (again) => {
          connect(again);
          if (context.interactive()) return;
          context.onHangup?.(() => {
            reloading();
            again();
          });
        },
        mend: (target, first) => telling(context, kept, () => mendOnce(context, target, first, options, kept)),
      }),
    ),
  );
  return EXIT.ok;
}

/** Applies the file once. @throws DiagnosticError with its errors, those of the plan, or the refusal of the guard */
async function runOnce(
  context: Context,
  file: string,
  turn: Turn,
  options: WatchOptions,
  { consent, warnings }: Kept,
): Promise<Ran> {
  const desired = await turn.desired();
  await printDiagnostics(context, desired.warnings);
  return turn.planned(desired, async (target, first) => {
    await showPlan(context, first, detailOf(options), warnings);
    const confirm = confirmation(context, file, options);
    const network = { ...desired, ...target, reading: target.reading ?? Promise.resolve(first.views) };
    const outcome = await approveAndApply(context.session, target, first, {
      ...termsOf(options, consent),
      rollback: options.rollback !== false,
      ...(confirm && {
        confirm: {
          ...confirm,
          expectations: expectationsOf(context.session, network, options.lab === true),
        },
      }),
    });
    await showEnd(context, 'apply', outcome, warnings);
    return outcome;
  });
}

/**
 * Puts right what differs. What was done of it is kept if it fails: half of it is better than none. There is nothing to
 * be confirmed, since the state before is not wanted.
 */
async function mendOnce(
  context: Context,
  target: Target,
  first: PlanResult,
  options: WatchOptions,
  { consent, warnings }: Kept,
): Promise<Ran> {
  if (context.json || options.approve === true) await showPlan(context, first, detailOf(options), warnings);
  const terms = { ...termsOf(options, consent), rollback: false };
  const outcome = await approveAndApply(context.session, target, first, terms);
  if (context.json || outcome.outcome !== 'settled') await showEnd(context, 'apply', outcome, warnings);
  return outcome;
}

function termsOf(options: WatchOptions, consent: Terms['consent']): Omit<Terms, 'rollback'> {
  return { allow: allowanceOf(options), run: { command: 'watch', lab: options.lab === true }, leaves: true, consent };
}

/** Prints the errors with which the watch can go on. Those of a node that is tried again are printed once. */
async function telling(context: Context, kept: Kept, work: () => Promise<Ran>): Promise<Ran> {
  try {
    const ran = await work();
    kept.told = '';
    return ran;
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.diagnostics.some(({ code }) => FINAL.has(code))) throw error;
    const text = textOf(error.diagnostics);
    const isRetried = error.diagnostics.every(({ code }) => code.startsWith('NLH'));
    if (text !== kept.told || !isRetried) await reportFailure(context, error.diagnostics);
    kept.told = text;
    return { outcome: 'error', diagnostics: error.diagnostics };
  }
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify(diagnostics.map(({ code, summary, detail, range }) => [code, summary, detail, range]));
}

/** Returns a function that asks once and then repeats the answer yes; with `always`, it asks every time. */
function consentOnce(context: Context, yes: boolean, always: boolean): () => Promise<boolean> {
  let given = yes;
  return async () => {
    const question = always ? 'apply these changes' : 'apply these changes, and those of every later save';
    const answer = await askConsent(context, question, given);
    given = answer && !always;
    return answer;
  };
}

/** Fails early if there is no terminal to ask at. */
async function requireTerminal(context: Context): Promise<void> {
  if (!context.interactive() || context.json) await askConsent(context, 'watch', false);
}
