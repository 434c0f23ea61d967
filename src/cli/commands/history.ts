import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { clean } from '../../render/clean.ts';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { addAbout, addDetail, addExamples, addExitCodes, addFile, addInLab, addJson, detailOf } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { printPlan } from '../print-plan.ts';
import { printJson } from '../report.ts';

interface Options {
  readonly lab?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
  readonly print?: 'before' | 'after' | 'topology';
  readonly out?: string;
}

/** Adds `history`, which lists and shows the archived runs of a topology. */
export function addHistory(program: Command, act: Act): void {
  const history = program.command('history').description('the last 42 runs that changed the nodes of a topology');
  const list = addFile(history.command('list', { isDefault: true }).description('list the runs, the last first'));
  addJson(addInLab(list));
  addAbout(
    list,
    'Runs of apply, destroy, watch and undo that changed something are archived on the machine that netloom runs on, ' +
      'for its user alone: in $XDG_STATE_HOME/netloom, of root in /var/lib/netloom. Those of `--lab` end with the lab.',
  );
  addExitCodes(list, [0, 'printed'], [1, 'an error']);
  addExamples(list, [['what was done to the nodes', 'history list topology.yaml']]).action(act(listed));

  const show = addFile(history.command('show').description('show a run: its plan, exact commands and exit codes'));
  show.argument('<number>', 'the number of the run');
  addInLab(show);
  addFlag(show, '--print <what>', 'print only the recorded state before or after it, or its topology file', {
    choices: ['before', 'after', 'topology'],
  });
  addFlag(show, '--out <folder>', 'write the topology file, with the files that it names, into a folder', {
    env: 'NETLOOM_HISTORY_SHOW_OUT',
  });
  addDetail(addJson(show));
  addExitCodes(show, [0, 'printed'], [1, 'an error, or no such run']);
  addExamples(show, [
    ['what the third run did', 'history show topology.yaml 3'],
    ['the file as it was then', 'history show --print topology topology.yaml 3'],
    ['with the files that it includes', 'history show --out then topology.yaml 3'],
    ['which commands failed?', 'history show --json topology.yaml 3 | jq ".rounds[].batches[]|select(.exit_code>0)"'],
    ['what differs from the state before it', 'history show --print before topology.yaml 3 > before.json'],
  ]).action(act(shown));
}

/** Reads the number of a run. @throws DiagnosticError NLX42 */
export function readRun(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw cliError('NLX42', `${JSON.stringify(text)} is not the number of a run`, {
    hint: 'the command history lists the runs with their numbers',
  });
}

async function listed(context: Context, file: string, { lab = false }: Options): Promise<number> {
  const { runsOfTopology, topologyName } = await import('../../session/history.ts');
  const topology = await topologyName(context.session, file);
  const runs = await runsOfTopology(context.session, topology, lab);
  if (context.json) {
    printJson(context, { format_version: FORMAT_VERSION, topology, runs });
    return EXIT.ok;
  }
  const { renderRuns } = await import('../../render/history/text.ts');
  const { out } = context.output;
  out.write(renderRuns(runs, out.colours, out.tableColumns));
  return EXIT.ok;
}

async function shown(context: Context, file: string, text: string, options: Options): Promise<number> {
  const number = readRun(text);
  const { runOfTopology, stateText, topologyFiles, topologyName } = await import('../../session/history.ts');
  const topology = await topologyName(context.session, file);
  const { run, details } = await runOfTopology(context.session, topology, options.lab === true, number);
  const files = topologyFiles(details);
  if (options.out !== undefined) {
    if (files.size === 0) throw hasNo(number, 'topology');
    await writeFiles(context, options.out, files);
    return EXIT.ok;
  }
  const { out } = context.output;
  if (options.print !== undefined) {
    const [main, ...others] = files;
    const topology = main && Buffer.from(main[1]).toString('utf8');
    const printed = options.print === 'topology' ? topology : stateText(details, options.print);
    if (printed === undefined) throw hasNo(number, options.print);
    out.write(printed);
    if (options.print === 'topology' && others.length > 0)
      noteOthers(
        context,
        others.map(([name]) => name),
      );
    return EXIT.ok;
  }
  if (context.json) {
    const { runDocument } = await import('../../render/history/json.ts');
    printJson(context, runDocument(run, details, [...files.keys()]));
    return EXIT.ok;
  }
  const { renderCommands, renderRun } = await import('../../render/history/text.ts');
  out.write(renderRun(run));
  out.line();
  await printPlan(context, details.plan, [], detailOf(options));
  out.write(renderCommands(details.rounds));
  return EXIT.ok;
}

function hasNo(number: number, what: string): Error {
  return cliError('NLX42', `run ${String(number)} has no ${what} in the history`);
}

function noteOthers({ output: { err } }: Context, others: readonly string[]): void {
  err.line(`It names ${others.map(clean).join(', ')}; --out FOLDER writes them too.`);
}

/** Writes files into a folder; only you can read them, since a topology may hold secrets. */
async function writeFiles(
  { output: { err } }: Context,
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const { createFile } = await import('../write-file.ts');
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 }).catch(() => undefined);
    await createFile(file, bytes, 0o600);
    err.line(`Wrote ${clean(file)}`);
  }
}
