import type { Command } from 'commander';
import { DiagnosticError } from '../../model/diagnostic.ts';
import { watchLine } from '../../render/events/watch.ts';
import { carryOut } from '../carry-out.ts';
import { addExamples, addFile, addJson, addLab, detailOf } from '../common.ts';
import { requireConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import type { PlanResult, Shells, Views } from '../../session/engine.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { keepShells, type KeptShells } from '../kept-shells.ts';
import { keepWanted } from '../kept-wanted.ts';
import { planOrThrow, type Wanted } from '../network.ts';
import { printDiagnostics, printJsonLine, reportFailure, startJsonLines } from '../report.ts';
import { addApplyFlags, type ApplyOptions } from './apply.ts';

/** Codes after which there is no sense in going on. */
const FINAL: ReadonlySet<string> = new Set(['NLX02', 'NLX10', 'NLX11']);

/** `watch`: apply now, and again at every save. */
export function addWatch(program: Command, act: Act): void {
  const command = addFile(program.command('watch').description('apply now, and again whenever the file is saved'));
  addApplyFlags(addJson(addLab(command), 'print JSON lines: version, then those of apply for every run; needs --yes'));
  addExamples(command, [
    ['ask once, then apply at every save until Ctrl-C', 'watch topology.yaml'],
    ['without asking, in the lab', 'watch --lab --yes topology.yaml'],
  ]);
  command.addHelpText(
    'after',
    '\nThe first plan with changes asks; after that a save is consent enough. A save with a mistake is named, changes\n' +
      'nothing, and is not tried again until the file changes. Ctrl-C ends with exit code 0.',
  );
  command.action(act(watchAndApply));
}

async function watchAndApply(context: Context, file: string, options: ApplyOptions): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'watch needs a file; standard input cannot be watched');
  if (options.yes !== true) await requireTerminal(context);
  startJsonLines(context);
  const { watch } = await import('../../watch/watch.ts');
  const shells = keepShells<Ahead>(context, options.lab === true);
  const wanted = keepWanted(context, file);
  const consent = consentOnce(context, options.yes === true);
  try {
    await watch(file, {
      signal: context.signal,
      run: () => runOnce(context, wanted, options, shells, consent),
      ahead: () => {
        shells.lookAhead((open, topology) => planAhead(context, wanted, open, topology));
      },
      onEvent: (event) => {
        if (context.json) printJsonLine(context, { ...event, type: `watch-${event.type}` });
        else context.output.err.line(watchLine(event, file, context.output.err.colours));
      },
    });
  } finally {
    await shells.close();
  }
  return EXIT.ok;
}

/** One turn: true when the network is as the file says. What is wrong is printed, and the watch goes on. */
async function runOnce(
  context: Context,
  wanted: () => Promise<Wanted>,
  options: ApplyOptions,
  shells: KeptShells<Ahead>,
  consent: () => Promise<void>,
): Promise<boolean> {
  try {
    const now = await wanted();
    const { topology, graph } = now;
    await printDiagnostics(context, now.warnings);
    return await shells.use(topology, async (open, ahead) => {
      const { planned, reading } = (await ahead) ?? {};
      const first = planned?.wanted === now ? await planned.plan : await planOrThrow(context, graph, open, reading);
      const { ok } = await carryOut(context, { graph, shells: open }, first, {
        verb: 'apply',
        force: options.force === true,
        allowEmpty: options.allowEmpty === true,
        detail: detailOf(options),
        consent,
      });
      return ok;
    });
  } catch (error) {
    if (!(error instanceof DiagnosticError) || error.diagnostics.some(({ code }) => FINAL.has(code))) throw error;
    await reportFailure(context, error.diagnostics);
    return false;
  }
}

/** What is found out while a saved file is waited for to be quiet: what stands, and what the file as it was then would change. */
interface Ahead {
  readonly reading: Promise<Views>;
  readonly planned?: { readonly wanted: Wanted; readonly plan: Promise<PlanResult> };
}

async function planAhead(
  context: Context,
  wanted: () => Promise<Wanted>,
  shells: Shells,
  topology: string,
): Promise<Ahead> {
  const reading = context.engine.read(topology, shells);
  reading.catch(() => undefined);
  // The run is told what is wrong with the file, if that is still so.
  const now = await wanted().catch(() => undefined);
  if (now === undefined) return { reading };
  const plan = planOrThrow(context, now.graph, shells, reading);
  plan.catch(() => undefined);
  return { reading, planned: { wanted: now, plan } };
}

/** Asks the first time only. */
function consentOnce(context: Context, yes: boolean): () => Promise<void> {
  let given = yes;
  return async () => {
    await requireConsent(context, 'apply these changes, and those of every later save', given);
    given = true;
  };
}

/** Nobody to ask is better known now than at the first save. */
async function requireTerminal(context: Context): Promise<void> {
  if (!context.interactive || context.json) await requireConsent(context, 'watch', false);
}
