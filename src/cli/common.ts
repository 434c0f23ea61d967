import type { Command } from 'commander';
import { MAX_IMPACTS } from '../model/change.ts';
import type { PlanDetail } from '../render/plan/text.ts';
import { addNotes } from './help/attach.ts';
import type { Example, ExitCode, JsonForm } from './help/notes.ts';
import { addParallelism, addTimeout } from './limits.ts';
import { addFlag, addNamesFlag } from './option.ts';

/** Adds the argument `<file>`. */
export function addFile(command: Command): Command {
  return command.argument('<file>', 'the topology file; - reads standard input');
}

/** Adds `--lab`, `--timeout` and `--parallelism`. */
export function addLab(command: Command): Command {
  return addParallelism(addTimeout(addInLab(command)));
}

/** Adds the flag alone, for a command that contacts no node. */
export function addInLab(command: Command): Command {
  return addFlag(command, '--lab', 'work on the embedded lab, whatever `reach` the nodes have');
}

/** Adds `--no-cache`, for every command that reads nodes. */
export function addNoCache(command: Command): Command {
  return addFlag(
    command,
    '--no-cache',
    'ask every program on the nodes, also where nothing has changed; keep and remember nothing',
  );
}

/** Adds `--stats`. */
export function addStats(command: Command): Command {
  return addFlag(command, '--stats', 'print also what it took: time, shells, scripts, bytes and objects');
}

/**
 * Adds `--json`. The output has a JSON Schema, `schemas/COMMAND.schema.json`, against which the tests validate every
 * document and line.
 */
export function addJson(command: Command, form: JsonForm = 'document', what = 'one document'): Command {
  return addNotes(addFlag(command, '--json', `print JSON; ${what}`), { json: form });
}

/** Adds `--node` and `--except`. */
export function addNodeChoice(command: Command): Command {
  addNamesFlag(command, '--node <names>', 'only these nodes; comma-separated, may be repeated');
  return addNamesFlag(command, '--except <names>', 'not these nodes; comma-separated, may be repeated');
}

/** Adds `--allow-moves`. */
export function addAllowMoves(command: Command): Command {
  return addFlag(command, '--allow-moves', 'with nodes left out: create also what they may still have');
}

/** Adds `--heal-foreign`. */
export function addHealForeign(command: Command): Command {
  return addFlag(
    command,
    '--heal-foreign',
    'delete foreign objects in namespaces of the topology that disturb traffic',
  );
}

/** Adds `--allow-lockout`. */
export function addAllowLockout(command: Command): Command {
  return addFlag(command, '--allow-lockout', 'apply even if that cuts the SSH connection to a node');
}

/** Adds `--max-impact`. */
export function addMaxImpact(command: Command): Command {
  return addFlag(command, '--max-impact <impact>', 'refuse a plan with a worse impact on traffic', {
    choices: MAX_IMPACTS,
  });
}

/** Adds the flags that set how much of a plan is shown. */
export function addDetail(command: Command): Command {
  addFlag(command, '--full', 'show every object of the nodes, with all fields of new and removed ones');
  return addFlag(command, '--brief', 'show a line for each type of object in the file');
}

/** Returns the level of detail that the flags of `addDetail` set. */
export function detailOf(options: { readonly full?: boolean; readonly brief?: boolean }): PlanDetail {
  if (options.full === true) return 'full';
  return options.brief === true ? 'brief' : undefined;
}

/** Adds examples to a command's help. */
export function addExamples(command: Command, examples: readonly Example[]): Command {
  return addNotes(command, { examples });
}

/** Adds paragraphs to a command's help. */
export function addAbout(command: Command, ...about: readonly string[]): Command {
  return addNotes(command, { about });
}

/** Adds exit codes to a command's help: what 0 and 1 mean, and those of its own. */
export function addExitCodes(command: Command, ...exitCodes: readonly ExitCode[]): Command {
  return addNotes(command, { exitCodes });
}
