import type { Command } from 'commander';
import { compare } from '../../session/compare.ts';
import { addAbout, addDetail, addExamples, addExitCodes, addJson, detailOf } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { addDetailedExitcode, exitCodeOf } from '../detailed-exitcode.ts';
import { printPlan } from '../print-plan.ts';
import { diagnosticsJson, printJson } from '../report.ts';

interface Options {
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/** Adds `diff`, which compares two topology files or recorded states by what leads from the first to the second. */
export function addDiff(program: Command, act: Act): void {
  const command = program
    .command('diff')
    .description('show what applying another file would change; no node is contacted')
    .argument('<old>', 'the topology file that the nodes conform to, or a recorded state')
    .argument('<new>', 'the topology file to apply, or a later state; - reads standard input');
  addDetailedExitcode(command);
  addDetail(command);
  addExitCodes(
    addJson(command),
    [0, 'compared; with --detailed-exitcode: there are no differences'],
    [1, 'an error'],
    [2, 'with --detailed-exitcode: there are differences'],
    [3, 'with --detailed-exitcode: there are none, and foreign objects that can disturb traffic'],
  );
  addAbout(
    command,
    'Of a topology file the comparison supposes that every node has exactly what it asks for. What else a node has, ' +
      'such as drift, foreign objects and derived addresses of an earlier file, a state that `snapshot` recorded has.',
  );
  addExamples(command, [
    ['what a change of the file does', 'diff old.yaml topology.yaml'],
    ['what has changed since a state was recorded', 'diff state.json topology.yaml'],
    ['the change that is not committed yet', 'diff <(git show HEAD:topology.yaml) topology.yaml'],
    ['how bad is it? For a pull request', 'diff --json old.yaml topology.yaml | jq .groups[].impact'],
  ]).action(act(diff));
}

async function diff(context: Context, from: string, to: string, options: Options): Promise<number> {
  const { plan, diagnostics } = await compare(context.session, from, to);
  if (context.json) {
    const { differenceDocument } = await import('../../render/plan/json.ts');
    printJson(context, differenceDocument(plan, await diagnosticsJson(context, diagnostics)));
  } else {
    await printPlan(context, plan, diagnostics, detailOf(options));
  }
  return exitCodeOf(plan, options);
}
