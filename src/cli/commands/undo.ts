import type { Command } from 'commander';
import { clean } from '../../render/clean.ts';
import { withNetwork } from '../../session/network.ts';
import { planOrThrow } from '../../session/target.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache, detailOf } from '../common.ts';
import { askConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addConfirm } from '../limits.ts';
import { printDiagnostics, startJsonLines } from '../report.ts';
import { showAndApply } from '../show-and-apply.ts';
import { addApplyFlags, allowanceOf, confirmation, type ApplyOptions } from './apply.ts';
import { readRun } from './history.ts';

/** Adds `undo`, which leads back to the state before an archived run. */
export function addUndo(program: Command, act: Act): void {
  const command = addFile(program.command('undo').description('lead the nodes back to the state before a run'));
  command.argument('[number]', 'the run, as `history` lists it; default: the last one that was not undone');
  addApplyFlags(addJson(addNoCache(addLab(command)), 'lines', 'the lines of apply; needs --yes'));
  addConfirm(command);
  addAbout(
    command,
    'Undo is a plan like any other, with its guards and a question. It restores everything of the topology, and of ' +
      'the rest what the run and those after it have altered. A node that none of these runs worked on stays as it ' +
      'is. A secret is taken from a topology file in the history; if none has it, undo is refused and names it.',
  );
  addExitCodes(command, [0, 'the nodes are as they were before the run'], [1, 'an error, a refusal, or no consent']);
  addExamples(command, [
    ['the last change was a mistake', 'undo topology.yaml'],
    ['over SSH: unless it is kept within two minutes, it is reverted', 'undo --confirm 120s topology.yaml'],
    ['back to the state before run 3', 'history topology.yaml && netloom undo topology.yaml 3'],
  ]).action(act(undo));
}

async function undo(context: Context, file: string, given: string | undefined, options: ApplyOptions): Promise<number> {
  startJsonLines(context);
  const { session } = context;
  const lab = options.lab === true;
  const number = given === undefined ? undefined : readRun(given);
  const isApproved = options.yes === true;
  const ok = await withNetwork(session, file, { ...options, lockFirst: isApproved }, async (network) => {
    // What applying the file would renumber is not what this does.
    const { warnings, renumbered: ofFile = [] } = network;
    await printDiagnostics(
      context,
      warnings.filter((warning) => !ofFile.includes(warning)),
    );
    const { undoing } = await import('../../session/undo.ts');
    const { run, target } = await undoing(session, network, lab, number);
    await printDiagnostics(context, target.renumbered ?? []);
    if (!context.json) {
      const { out } = context.output;
      out.line(`Back to the state before run ${String(run.number)}, ${run.command} of ${clean(run.started)}:\n`);
    }
    const first = await planOrThrow(session, { ...target, allowMoves: options.allowMoves === true });
    const confirm = confirmation(context, file, options);
    const isDone = await showAndApply(context, target, first, {
      allow: allowanceOf(options),
      detail: detailOf(options),
      rollback: options.rollback !== false,
      run: { command: 'undo', lab, undoes: run.number },
      consent: () => askConsent(context, 'undo this', isApproved),
      ...(confirm && { confirm }),
    });
    if (isDone && first.plan.changes.length === 0 && !context.json) {
      context.output.out.line(`The nodes are as they were before run ${String(run.number)}, which counts as undone.`);
    }
    return isDone;
  });
  return ok ? EXIT.ok : EXIT.failed;
}
