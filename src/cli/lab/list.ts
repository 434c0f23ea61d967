import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { listLabs } from '../../session/lab.ts';
import { addExamples, addExitCodes, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printJson } from '../report.ts';

/** Adds `lab list`, which lists the running labs of this user. */
export function addLabList(lab: Command, act: Act): void {
  const command = addJson(lab.command('list').description('list the running labs of this user'));
  addExitCodes(command, [0, 'listed, also if no lab runs'], [1, 'an error']);
  addExamples(command, [
    ['the running labs and their files', 'lab list'],
    ['only their names', "lab list --json | jq -r '.labs[].name'"],
  ]).action(act(list));
}

async function list(context: Context): Promise<number> {
  const labs = await listLabs(context.session);
  if (context.json) {
    printJson(context, { format_version: FORMAT_VERSION, labs });
  } else {
    const { renderLabList } = await import('../../render/lab/list.ts');
    const { out } = context.output;
    out.write(renderLabList(labs, { colours: out.colours, columns: out.tableColumns, folder: process.cwd() }));
  }
  return EXIT.ok;
}
