import type { Command } from 'commander';
import type { NodeChoice } from '../../session/choice.ts';
import { untilAborted } from '../../session/abort.ts';
import type { Decision } from '../../session/window/window.ts';
import { addExamples, addExitCodes, addFile, addLab, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printDiagnostics } from '../report.ts';

interface Options extends NodeChoice {
  readonly lab?: boolean;
}

/** Adds `confirm`, which keeps an apply that waits to be confirmed. */
export function addConfirmCommand(program: Command, act: Act): void {
  const command = addFile(program.command('confirm').description('keep what an apply with --confirm has changed'));
  addNodeChoice(addLab(command));
  addExitCodes(command, [0, 'it is kept on all nodes that waited'], [1, 'a node has reverted it, or none waits']);
  addExamples(command, [['from another terminal', 'confirm topology.yaml']]).action(
    act((context: Context, file: string, options: Options) => decide(context, file, options, 'keep')),
  );
}

/** Adds `revert`, which reverts an apply that waits to be confirmed. */
export function addRevertCommand(program: Command, act: Act): void {
  const command = addFile(
    program.command('revert').description('revert what an apply with --confirm has changed, now'),
  );
  addNodeChoice(addLab(command));
  addExitCodes(command, [0, 'the nodes that waited are as before'], [1, 'one of them is not, or none waits']);
  addExamples(command, [['from another terminal', 'revert topology.yaml']]).action(
    act((context: Context, file: string, options: Options) => decide(context, file, options, 'revert')),
  );
}

async function decide(context: Context, file: string, options: Options, decision: Decision): Promise<number> {
  const { session, output } = context;
  const { decideElsewhere } = await import('../../session/window/elsewhere.ts');
  const end = await untilAborted(
    context.signal,
    decideElsewhere(session, file, { lab: options.lab === true, choice: options }, decision),
  );
  await printDiagnostics(context, end.diagnostics);
  if (end.kept.length > 0) output.out.line(`Kept on ${end.kept.join(', ')}.`);
  if (end.reverted.length > 0) output.out.line(`Reverted on ${end.reverted.join(', ')}.`);
  const done = decision === 'keep' ? end.reverted.length === 0 : end.kept.length === 0;
  return done && end.diagnostics.length === 0 ? EXIT.ok : EXIT.failed;
}
