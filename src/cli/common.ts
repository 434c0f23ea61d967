import type { Command } from 'commander';
import type { PlanDetail } from '../render/plan/text.ts';
import { addNotes } from './help/attach.ts';
import type { Example, ExitCode, JsonForm } from './help/notes.ts';
import { addFlag } from './option.ts';

/** The argument every command has. */
export function addFile(command: Command): Command {
  return command.argument('<file>', 'the topology file; - reads standard input');
}

/** `--lab`, the same everywhere. */
export function addLab(command: Command): Command {
  return addFlag(command, '--lab', 'work on the embedded lab, whatever the file says of how nodes are reached');
}

/**
 * `--json`, the same everywhere. What it prints has a JSON Schema, `schemas/COMMAND.schema.json`, and every
 * document and line that a test makes the command print is checked against it.
 */
export function addJson(command: Command, form: JsonForm = 'document', what = 'one document'): Command {
  return addNotes(addFlag(command, '--json', `print JSON; ${what}`), { json: form });
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
