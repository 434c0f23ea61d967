import type { Command } from 'commander';
import type { MaxImpact } from '../../model/change.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Plan } from '../../model/plan.ts';
import type { NodeChoice } from '../../session/choice.ts';
import { readSource } from '../../session/desired.ts';
import { compare } from '../../session/compare.ts';
import { impactRefusal, lockOutRefusals, refusal, renumberRefusal, type Allowance } from '../../session/guard.ts';
import type { PlanResult, Shells } from '../../session/engine.ts';
import { withNetwork, type Network } from '../../session/network.ts';
import { NodesUnreachable } from '../../session/unreachable.ts';
import type { MachineIds } from '../../session/machine-ids.ts';
import { planOrThrow } from '../../session/target.ts';
import {
  addAllowMoves,
  addDetail,
  addExamples,
  addExitCodes,
  addFile,
  addHealForeign,
  addJson,
  addLab,
  addMaxImpact,
  addNoCache,
  addNodeChoice,
  addStats,
  detailOf,
} from '../common.ts';
import type { Source } from '../../topology/read.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { addDetailedExitcode, exitCodeOf } from '../detailed-exitcode.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { printPlan } from '../print-plan.ts';
import { diagnosticsJson, printDiagnostics, printJson, printStats, statsField } from '../report.ts';
import { ownVersion } from '../version.ts';

interface Options extends NodeChoice {
  readonly lab?: boolean;
  readonly detailedExitcode?: boolean;
  readonly allowMoves?: boolean;
  readonly healForeign?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
  readonly stats?: boolean;
  readonly json?: boolean;
  readonly state?: string;
  readonly script?: string;
  readonly out?: string;
  readonly maxImpact?: MaxImpact;
  readonly force?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowRenumber?: boolean;
  readonly allowLockout?: boolean;
}

/** Adds `plan`, which shows what `apply` would change. */
export function addPlan(program: Command, act: Act): void {
  const command = addFile(program.command('plan').description('show what apply would change; nothing is changed'));
  addNodeChoice(command);
  addAllowMoves(command);
  addDetailedExitcode(command);
  addMaxImpact(command);
  addHealForeign(command);
  addDetail(command);
  addStats(command);
  addFlag(command, '--state <file>', 'plan from a state that `snapshot` recorded; no node is contacted');
  // These tell how nodes are read and changed.
  command.options.at(-1)?.conflicts(['lab', 'node', 'except', 'healForeign', 'allowMoves', 'script', 'out']);
  addFlag(
    command,
    '--out <file>',
    'save the plan for `apply`, which then runs exactly its commands; only you can read it',
  );
  addFlag(
    command,
    '--script <folder>',
    'write a script for each node that has the effect of an apply: NODE.sh in this folder; - prints the only one',
  );
  addFlag(command, '--force', 'apply even if more than 30 % of the objects would be removed; here: write the script');
  addFlag(command, '--allow-empty', 'apply even if the file describes no object; here: write the script');
  addFlag(
    command,
    '--allow-renumber',
    'apply even if derived addresses that exist on the nodes change; here: write the script',
  );
  addFlag(command, '--allow-lockout', 'apply even if that cuts the SSH connection to a node; here: write the script');
  addExitCodes(
    addJson(addNoCache(addLab(command))),
    [0, 'planned; with --detailed-exitcode: there are no changes'],
    [1, 'an error, a worse impact than --max-impact, or with --script: what `apply` refuses'],
    [2, 'with --detailed-exitcode: there are changes'],
    [3, 'with --detailed-exitcode: there are no changes, and foreign objects that can disturb traffic'],
  );
  addExamples(command, [
    ['what would change', 'plan topology.yaml'],
    ['has anything drifted? For cron and CI', 'plan --detailed-exitcode topology.yaml'],
    ['may this run by day?', 'plan --max-impact flap topology.yaml'],
    ['review it, and carry out exactly this', 'plan --out plan.json topology.yaml && netloom apply plan.json'],
    ['without netloom on the day: read and run a script on each node', 'plan --script scripts/ topology.yaml'],
    ['the exact commands, for one node', 'plan --json --node compute1 topology.yaml | jq .batches'],
  ]).action(act(plan));
}

async function plan(context: Context, file: string, options: Options): Promise<number> {
  const { session } = context;
  checkFlags(options);
  if (options.state !== undefined) return planFromState(context, options.state, file, options);
  const source = await readSource(session, file);
  return planFromNodes(context, source, options).catch((error: unknown) => {
    if (!(error instanceof NodesUnreachable) || error.all) throw error;
    return planOfTheOthers(context, source, options, error);
  });
}

/** A plan, and what it was made from; of one that was remembered, nothing. */
interface Planned extends Partial<Pick<Network, 'graph' | 'renumbered'>> {
  readonly result: PlanResult;
  readonly warnings: readonly Diagnostic[];
  readonly scripts?: ReadonlyMap<string, string>;
  readonly machines?: MachineIds | undefined;
}

async function planFromNodes(
  context: Context,
  source: Source,
  options: Options,
  unreachable: readonly Diagnostic[] = [],
): Promise<number> {
  const { session } = context;
  // A plan that is shown because a node is down is not hidden by what might still be there.
  const isPart = unreachable.length > 0;
  const work = async (network: Network): Promise<Planned> => {
    const planned = await planOrThrow(session, { ...network, allowMoves: options.allowMoves === true || isPart });
    await network.remember(planned);
    const saved = options.out === undefined ? undefined : await import('../../session/machine-ids.ts');
    const machines = await saved?.machineIds(network.shells, options.lab === true);
    return { result: planned, ...network, ...(await rendered(planned.plan, network.shells, options)), machines };
  };
  // A script and a saved plan need the desired state, and what the nodes have.
  const isAlone = !isPart && options.script === undefined && options.out === undefined;
  const recall = isAlone ? (result: PlanResult) => Promise.resolve<Planned>({ result, warnings: [] }) : undefined;
  const planned = await withNetwork(session, source, options, work, recall);
  const { result, graph, warnings, renumbered, scripts, machines } = planned;
  const moves = isPart && options.allowMoves !== true ? result.moves : [];
  const guarded = options.script !== undefined && graph ? applyRefusals(graph, result, renumbered, options) : [];
  const cuts = (result.lockOuts ?? [])
    .filter((one) => !guarded.includes(one))
    .map((one): Diagnostic => ({ ...one, severity: 'warning' }));
  const diagnostics = [...unreachable, ...warnings, ...result.diagnostics, ...guarded, ...cuts, ...moves];
  const { planChecksum } = await import('../../session/saved-plan.ts');
  const shown: Shown = { ...options, renumbered, diagnostics, checksum: planChecksum(result.plan) };
  // Standard output has the script alone.
  const isShown = scripts === undefined || options.script !== '-';
  const code = isShown ? await showPlan(context, result.plan, shown) : exitCodeOf(result.plan, options);
  if (!isShown) await printDiagnostics(context, [...diagnostics, ...refusals(result.plan, shown)]);
  if (hasErrors([...diagnostics, ...refusals(result.plan, shown)])) return EXIT.failed;
  if (scripts !== undefined || options.out !== undefined) {
    const { writePlan, writeScripts } = await import('../plan-outputs.ts');
    if (options.out !== undefined && graph)
      await writePlan(context, options.out, { graph, result, source, options, machines });
    if (scripts !== undefined) await writeScripts(context, options.script ?? '-', scripts);
  }
  return code;
}

/** Returns what an apply would refuse: a script has its effect. `--max-impact` is asked for every plan. */
function applyRefusals(
  graph: DesiredGraph,
  result: PlanResult,
  renumbered: readonly Diagnostic[] | undefined,
  { maxImpact, force, allowEmpty, allowRenumber, allowLockout }: Options,
): readonly Diagnostic[] {
  const allow: Allowance = {
    force: force === true,
    allowEmpty: allowEmpty === true,
    renumber: allowRenumber === true || maxImpact !== undefined,
    lockOut: allowLockout === true,
  };
  const refused = refusal(graph, result.plan, allow) ?? renumberRefusal(renumbered ?? [], allow);
  return refused ? [refused] : lockOutRefusals(result, allow);
}

/** Returns the plan as scripts, if they are asked for. */
async function rendered(
  made: Plan,
  shells: Shells,
  { script }: Options,
): Promise<{ readonly scripts?: ReadonlyMap<string, string> }> {
  if (script === undefined) return {};
  const { scriptsOf } = await import('../../session/scripts.ts');
  return { scripts: await scriptsOf(made, shells, ownVersion()) };
}

function checkFlags({ script, json }: Options): void {
  if (json !== true || script !== '-') return;
  throw cliError('NLX36', '--json and `--script -` cannot both print to standard output', { hint: 'name a folder' });
}

/** Shows the plan of the nodes that can be reached, below the error that names the others. */
async function planOfTheOthers(
  context: Context,
  source: Source,
  options: Options,
  { nodes, diagnostics }: NodesUnreachable,
): Promise<number> {
  const except = [...(options.except ?? []), ...nodes];
  return planFromNodes(context, source, { ...options, except }, diagnostics).catch((error: unknown) => {
    if (!(error instanceof DiagnosticError)) throw error;
    throw new DiagnosticError([...diagnostics, ...error.diagnostics]);
  });
}

/** A plan from a recorded state has no commands: they depend on what else a node has by then. */
async function planFromState(context: Context, state: string, file: string, options: Options): Promise<number> {
  const { plan: made, diagnostics } = await compare(context.session, state, file);
  const renumbered = diagnostics.filter(({ code }) => code === 'NLP50');
  return showPlan(context, made, { ...options, renumbered, diagnostics });
}

/** What is shown with a plan. */
interface Shown extends Options {
  readonly diagnostics: readonly Diagnostic[];
  /** A warning for each derived address that changes. */
  readonly renumbered?: readonly Diagnostic[] | undefined;
  /** Absent: the plan has no commands. */
  readonly checksum?: string;
}

/** Shows a plan, and what `--max-impact` refuses of it; returns the exit code. */
async function showPlan(context: Context, made: Plan, options: Shown): Promise<number> {
  const diagnostics = [...options.diagnostics, ...refusals(made, options)];
  if (context.json) {
    const { planDocument } = await import('../../render/plan/json.ts');
    const document = planDocument(made, await diagnosticsJson(context, diagnostics));
    const { checksum } = options;
    printJson(context, {
      ...document,
      ...(checksum !== undefined && { checksum }),
      ...(await statsField(context, options)),
    });
  } else {
    await printPlan(context, made, diagnostics, detailOf(options));
    if (options.checksum !== undefined && made.changes.length > 0) {
      context.output.out.line(`Checksum: ${options.checksum}`);
    }
  }
  await printStats(context, options);
  return hasErrors(diagnostics) ? EXIT.failed : exitCodeOf(made, options);
}

function refusals(made: Plan, { maxImpact, renumbered = [] }: Shown): readonly Diagnostic[] {
  if (maxImpact === undefined) return [];
  return [impactRefusal(made, { maxImpact }), renumberRefusal(renumbered, { maxImpact })].flatMap((each) => each ?? []);
}
