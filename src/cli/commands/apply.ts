import type { Command } from 'commander';
import type { MaxImpact } from '../../model/change.ts';
import type { Plan } from '../../model/plan.ts';
import { clean } from '../../render/clean.ts';
import { readSource } from '../../session/desired.ts';
import type { Allowance } from '../../session/guard.ts';
import type { NodeChoice } from '../../session/choice.ts';
import { withNetwork, type Network } from '../../session/network.ts';
import type { Terms } from '../../session/approve-and-apply.ts';
import type { PlanResult } from '../../session/engine.ts';
import { planOrThrow } from '../../session/target.ts';
import { expectationsOf } from '../../session/window/expectations.ts';
import { showAndApply, showSettled } from '../show-and-apply.ts';
import {
  addAllowLockout,
  addAllowMoves,
  addDetail,
  addExamples,
  addExitCodes,
  addHealForeign,
  addJson,
  addLab,
  addMaxImpact,
  addNoCache,
  addNodeChoice,
  addStats,
  detailOf,
} from '../common.ts';
import { countDown } from '../countdown.ts';
import { fileWord } from '../../model/command-line.ts';
import { askConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addConfirm, addLockTimeout } from '../limits.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics, printStats, startJsonLines } from '../report.ts';

export interface ApplyOptions extends NodeChoice {
  readonly allowMoves?: boolean;
  readonly lab?: boolean;
  /** In milliseconds. */
  readonly confirm?: number;
  /** In milliseconds. */
  readonly confirmLimit?: number;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowRenumber?: boolean;
  readonly maxImpact?: MaxImpact;
  readonly allowLockout?: boolean;
  readonly healForeign?: boolean;
  readonly rollback?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
  readonly stats?: boolean;
  readonly checksum?: string;
}

/** Adds `apply`, which shows the plan, asks for consent and changes the nodes to the desired state. */
export function addApply(program: Command, act: Act): void {
  const command = program
    .command('apply')
    .description('change the nodes to the state that the file describes')
    .argument('<file>', 'the topology file, or a plan that `plan --out` saved; - reads standard input');
  addApplyFlags(
    addJson(
      addNoCache(addLab(command)),
      'lines',
      'a line each for the version, the plan, every event and the end; needs --yes',
    ),
  );
  addFlag(command, '--checksum <sha256>', 'apply only the plan that has this checksum, which `plan` prints');
  addConfirm(command);
  addStats(command);
  addExitCodes(command, [0, 'the network is as the file says'], [1, 'it is not: an error, a refusal, or no consent']);
  addExamples(command, [
    ['show the plan, ask, apply, and check the result', 'apply topology.yaml'],
    ['without a terminal', 'apply --yes topology.yaml'],
    [
      'over SSH: unless it is kept within two minutes, the nodes revert by themselves',
      'apply --confirm 120s topology.yaml',
    ],
    ['a node is down: work on the others', 'apply --except compute2 topology.yaml'],
    ['exactly the plan that was reviewed', 'plan --out plan.json topology.yaml && netloom apply plan.json'],
    ['try it in the lab first', 'lab up topology.yaml && netloom apply --lab topology.yaml'],
  ]).action(act(apply));
}

/** Adds the flags of commands that apply a plan. */
export function addApplyFlags(command: Command): Command {
  addNodeChoice(command);
  addAllowMoves(command);
  addFlag(command, '-y, --yes', 'do not ask');
  addFlag(command, '--force', 'apply even if more than 30 % of the objects would be removed');
  addFlag(command, '--allow-empty', 'apply even if the file describes no object');
  addMaxImpact(command);
  addFlag(command, '--allow-renumber', 'apply even if derived addresses that exist on the nodes change');
  addAllowLockout(command);
  addHealForeign(command);
  addFlag(command, '--no-rollback', 'if the apply fails, keep what was done; do not roll back');
  addLockTimeout(command);
  return addDetail(command);
}

/** Returns the guard's limits that the flags lift. */
export function allowanceOf({ force, allowEmpty, allowRenumber, maxImpact, allowLockout }: ApplyOptions): Allowance {
  return {
    force: force === true,
    allowEmpty: allowEmpty === true,
    renumber: allowRenumber === true,
    lockOut: allowLockout === true,
    ...(maxImpact && { maxImpact }),
  };
}

/** @throws DiagnosticError NLX39 if the plan has another checksum */
async function checkChecksum(given: string, made: Plan): Promise<void> {
  const { planChecksum } = await import('../../session/saved-plan.ts');
  const its = planChecksum(made);
  if (its === given) return;
  throw cliError('NLX39', `the plan has the checksum ${its}, not ${clean(given)}`, {
    detail: 'The file or the nodes have changed since. Nothing was changed.',
    hint: 'plan again, and look at the new plan',
  });
}

/** Returns how an apply of a file is confirmed; `undefined`: it is not. */
export function confirmation(
  context: Context,
  file: string,
  { confirm, confirmLimit }: Pick<ApplyOptions, 'confirm' | 'confirmLimit'>,
): Terms['confirm'] {
  if (confirm === undefined) return undefined;
  const seconds = confirm / 1000;
  return {
    seconds,
    limitSeconds: confirmLimit === undefined ? undefined : confirmLimit / 1000,
    decide: (window) => countDown(context, window, seconds, fileWord(file)),
  };
}

async function apply(context: Context, file: string, options: ApplyOptions): Promise<number> {
  startJsonLines(context);
  const { session } = context;
  const given = await readSource(session, file);
  const saved = /^\s*\{/.test(given.text)
    ? (await import('../saved-plan.ts')).savedPlan(context, given, options)
    : undefined;
  const { source, how } = saved ?? { source: given, how: options };
  const isApproved = options.yes === true || saved !== undefined;
  const work = async (network: Network): Promise<boolean> => {
    await printDiagnostics(context, network.warnings);
    const first = await planOrThrow(session, { ...network, allowMoves: how.allowMoves === true });
    await network.remember(first);
    await saved?.check(network.graph, first, network.shells);
    if (options.checksum !== undefined) await checkChecksum(options.checksum, first.plan);
    const confirm = confirmation(context, file, options);
    return showAndApply(context, network, first, {
      allow: allowanceOf(options),
      detail: detailOf(options),
      stats: options.stats === true,
      run: { command: 'apply', lab: how.lab === true },
      rollback: options.rollback !== false,
      consent: () => askConsent(context, 'apply these changes', isApproved),
      ...(saved && { rounds: 1 }),
      ...(confirm && {
        confirm: { ...confirm, expectations: expectationsOf(session, network, how.lab === true) },
      }),
    });
  };
  const recall = async (first: PlanResult): Promise<boolean> => {
    if (options.checksum !== undefined) await checkChecksum(options.checksum, first.plan);
    return showSettled(context, first, { detail: detailOf(options), stats: options.stats === true });
  };
  const opening = { ...how, lockFirst: isApproved };
  const ok = await withNetwork(session, source, opening, work, saved === undefined ? recall : undefined);
  await printStats(context, options);
  return ok ? EXIT.ok : EXIT.failed;
}
