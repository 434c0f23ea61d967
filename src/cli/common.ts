import type { Command } from 'commander';
import type { PlanDetail } from '../render/plan/text.ts';
import { addFlag } from './option.ts';

/** The argument every command has. */
export function addFile(command: Command): Command {
  return command.argument('<file>', 'the topology file; - reads standard input');
}

/** `--lab`, the same everywhere. */
export function addLab(command: Command): Command {
  return addFlag(command, '--lab', 'work on the embedded lab, whatever the file says of how nodes are reached');
}

/** `--json`, the same everywhere. */
export function addJson(command: Command, what = 'print one JSON document'): Command {
  return addFlag(command, '--json', what);
}

/** How much of a plan is shown, the same everywhere. */
export function addDetail(command: Command): Command {
  addFlag(command, '--full', 'show new and removed objects whole, however many there are');
  return addFlag(command, '--brief', 'show a line per namespace: how many objects of each kind');
}

/** What the flags of `addDetail` say. */
export function detailOf(options: { readonly full?: boolean; readonly brief?: boolean }): PlanDetail {
  if (options.full === true) return 'full';
  return options.brief === true ? 'brief' : undefined;
}

/** Examples below a command's help. Each is a comment and a command line without the program's name. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [comment: string, line: string])[],
): Command {
  const lines = examples.map(([comment, line]) => `  # ${comment}\n  $ netloom ${line}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n\n')}`);
}
