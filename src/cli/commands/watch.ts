import type { Command } from 'commander';
import { DiagnosticError } from '../../model/diagnostic.ts';
import { watchFile, type Turn } from '../../session/watch.ts';
import { showAndApply, type Showing } from '../show-and-apply.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache, detailOf } from '../common.ts';
import { asService, type ServiceOptions } from '../service/as-service.ts';
import { addMetrics } from '../service/flag.ts';
import { askConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { printDiagnostics, reportFailure, startJsonLines } from '../report.ts';
import { printedWarnings } from '../warnings.ts';
import { addApplyFlags, allowanceOf, type ApplyOptions } from './apply.ts';

/** Codes that end a watch. */
const FINAL: ReadonlySet<string> = new Set(['NLX02', 'NLX10', 'NLX11']);

/** Adds `watch`, which applies a file now and after every save. */
export function addWatch(program: Command, act: Act): void {
  const command = addFile(program.command('watch').description('apply now, and again whenever the file is saved'));
  addApplyFlags(
    addJson(addNoCache(addLab(command)), 'lines', 'the version, then the lines of apply for every run; needs --yes'),
  );
  addMetrics(command);
  addExamples(command, [
    ['ask once, then apply at every save until Ctrl-C', 'watch topology.yaml'],
    ['without asking, in the lab', 'watch --lab --yes topology.yaml'],
    ['with metrics for Prometheus, and /healthz', 'watch --yes --metrics 127.0.0.1:9464 topology.yaml'],
  ]);
  addAbout(
    command,
    'The first plan with changes needs consent; later saves do not. A save with a mistake prints an error and ' +
      'changes nothing. netloom tries again when the file changes.',
  );
  addExitCodes(command, [0, 'ended by Ctrl-C or SIGTERM'], [1, 'an error that ends the watch, or no consent']);
  command.action(act(watchAndApply));
}

async function watchAndApply(context: Context, file: string, options: ApplyOptions & ServiceOptions): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'watch needs a file; standard input cannot be watched');
  if (options.yes !== true) await requireTerminal(context);
  startJsonLines(context);
  const consent = consentOnce(context, options.yes === true);
  const warnings = printedWarnings();
  await asService(context, options, () =>
    watchFile(context.session, file, {
      lab: options.lab === true,
      choice: options,
      allowMoves: options.allowMoves === true,
      healForeign: options.healForeign === true,
      run: (turn) => runOnce(context, turn, options, { consent, warnings }),
    }),
  );
  return EXIT.ok;
}

/** Applies once. Returns true if no difference is left. Prints diagnostics and returns false if the watch can go on. */
async function runOnce(
  context: Context,
  turn: Turn,
  options: ApplyOptions,
  kept: Pick<Showing, 'consent' | 'warnings'>,
): Promise<boolean> {
  try {
    const desired = await turn.desired();
    await printDiagnostics(context, desired.warnings);
    const showing = {
      allow: allowanceOf(options),
      detail: detailOf(options),
      rollback: options.rollback !== false,
      run: { command: 'watch' as const, lab: options.lab === true },
      ...kept,
    };
    return await turn.planned(desired, (target, first) => showAndApply(context, target, first, showing));
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.diagnostics.some(({ code }) => FINAL.has(code))) throw error;
    await reportFailure(context, error.diagnostics);
    return false;
  }
}

/** Returns a function that asks once and then repeats the answer yes. */
function consentOnce(context: Context, yes: boolean): () => Promise<boolean> {
  let given = yes;
  return async () => {
    given = await askConsent(context, 'apply these changes, and those of every later save', given);
    return given;
  };
}

/** Fails early if there is no terminal to ask at. */
async function requireTerminal(context: Context): Promise<void> {
  if (!context.interactive() || context.json) await askConsent(context, 'watch', false);
}
