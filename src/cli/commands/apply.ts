import type { Command } from 'commander';
import { carryOut } from '../carry-out.ts';
import { addDetail, addExamples, addFile, addJson, addLab, detailOf } from '../common.ts';
import { requireConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { planOrThrow, withNetwork } from '../network.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics, startJsonLines } from '../report.ts';

export interface ApplyOptions {
  readonly lab?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly allowEmpty?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/** `apply`: make the network what the file says, after a look and a yes. */
export function addApply(program: Command, act: Act): void {
  const command = addFile(program.command('apply').description('make the network what the file says'));
  addApplyFlags(addJson(addLab(command), 'print JSON lines: version, plan, one per event, end; needs --yes'));
  addExamples(command, [
    ['show the plan, ask, apply, look again', 'apply topology.yaml'],
    ['without a terminal', 'apply --yes topology.yaml'],
    ['try it here first, with nothing but namespaces', 'lab up topology.yaml && netloom apply --lab topology.yaml'],
  ]).action(act(apply));
}

/** The flags of whatever applies. */
export function addApplyFlags(command: Command): Command {
  addFlag(command, '-y, --yes', 'do not ask');
  addFlag(command, '--force', 'even if more than 30 % of what stands would be removed');
  addFlag(command, '--allow-empty', 'even if the file wants nothing at all');
  return addDetail(command);
}

async function apply(context: Context, file: string, options: ApplyOptions): Promise<number> {
  startJsonLines(context);
  const { ok } = await withNetwork(context, file, options, async ({ graph, warnings, shells, reading }) => {
    await printDiagnostics(context, warnings);
    const first = await planOrThrow(context, graph, shells, reading);
    return carryOut(context, { graph, shells }, first, {
      verb: 'apply',
      force: options.force === true,
      allowEmpty: options.allowEmpty === true,
      detail: detailOf(options),
      consent: () => requireConsent(context, 'apply these changes', options.yes === true),
    });
  });
  return ok ? EXIT.ok : EXIT.failed;
}
