import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { endLab, labNames } from '../../session/lab.ts';
import { addExamples, addExitCodes, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { printJson } from '../report.ts';
import { labName } from './name.ts';

/** Adds `lab down`, which ends a lab, by its file or its name, or all labs of this user. */
export function addLabDown(lab: Command, act: Act): void {
  const command = lab
    .command('down')
    .description('end a lab with everything in it')
    .argument('[file]', 'the topology file, or the name of a lab that runs');
  addJson(command);
  addFlag(command, '--all', 'end all labs of this user', { env: 'NETLOOM_LAB_DOWN_ALL' });
  addExitCodes(command, [0, 'the lab is down, also if it was already'], [1, 'an error']);
  addExamples(command, [
    ['the lab of a file', 'lab down topology.yaml'],
    ['without the file, by a name from lab list', 'lab down demo'],
    ['every lab', 'lab down --all'],
  ]).action(act(down));
}

async function down(
  context: Context,
  fileOrName: string | undefined,
  options: { readonly all?: boolean },
): Promise<number> {
  const { json, output, session } = context;
  const labs: { name: string; was_up: boolean }[] = [];
  for (const name of await namesOf(context, fileOrName, options.all === true)) {
    const ended = await endLab(session, name);
    labs.push({ name, was_up: ended });
    if (json) continue;
    output.out.line(ended ? `The lab ${name} is down; nothing of it is left.` : `The lab ${name} is down already.`);
  }
  if (json) printJson(context, { format_version: FORMAT_VERSION, labs });
  else if (labs.length === 0) output.out.line('No lab runs.');
  return EXIT.ok;
}

async function namesOf(context: Context, fileOrName: string | undefined, all: boolean): Promise<readonly string[]> {
  if (all === (fileOrName !== undefined)) {
    throw cliError('NLX27', 'lab down needs a file, the name of a lab, or --all', {
      hint: '`netloom lab list` shows the labs that run',
    });
  }
  if (fileOrName !== undefined) return [await labName(context, fileOrName)];
  return labNames(context.session);
}
