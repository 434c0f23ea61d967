import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { typedLine } from '../../model/command-line.ts';
import { DiagnosticError } from '../../model/diagnostic.ts';
import { clean } from '../../render/clean.ts';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { loadValid } from '../../session/desired.ts';
import { deleteUnit, unitState } from '../../service/unit/systemd.ts';
import { unitFile, unitName, type Service } from '../../service/unit/text.ts';
import { isProgramPath } from '../../service/unit/words.ts';
import type { Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { printJson } from '../report.ts';
import { createFile, unwritable } from '../write-file.ts';

interface UnitFlags {
  readonly atBoot?: boolean;
}

interface InstallFlags extends UnitFlags {
  readonly now?: boolean;
  readonly to?: string;
  readonly force?: boolean;
}

/** Prints the unit of a topology. */
export async function printService(
  context: Context,
  file: string,
  flags: readonly string[],
  options: UnitFlags,
  command: Command,
): Promise<number> {
  context.output.out.write(unitFile(await serviceOf(context, file, { flags, options, command })));
  return EXIT.ok;
}

/** Writes the unit of a topology, and enables it where systemd runs. */
export async function installService(
  context: Context,
  file: string,
  flags: readonly string[],
  options: InstallFlags,
  command: Command,
): Promise<number> {
  const service = await serviceOf(context, file, { flags, options, command });
  const { name, folder, path } = await unitAt(context, service.topology, options.to);
  const text = unitFile(service);
  const state = await unitState(folder, name, text).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  if (state === 'edited' && options.force !== true) throw edited(path, 'replaced');
  if (state !== 'same') await createFile(path, text, 0o644, () => true);
  const words = [['daemon-reload'], ['enable', ...(options.now === true ? ['--now'] : []), name]];
  // A service that runs already goes on with the old unit.
  if (options.now === true && state !== 'missing' && state !== 'same') words.push(['restart', name]);
  const left = await runSystemctl(context, words, options.to);
  report(context, {
    unit: name,
    path,
    changed: state !== 'same',
    left,
    said: state === 'same' ? `${path} is as it should be.` : `Wrote ${path}.`,
  });
  return EXIT.ok;
}

/** Stops, disables and deletes the unit of a topology. */
export async function removeService(
  context: Context,
  fileOrName: string,
  options: Pick<InstallFlags, 'to' | 'force'>,
): Promise<number> {
  const { name, folder, path } = await unitAt(context, await topologyOf(context, fileOrName), options.to);
  const state = await unitState(folder, name).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  if (state === 'missing') {
    report(context, { unit: name, path, changed: false, left: [], said: `There is no ${path}.` });
    return EXIT.ok;
  }
  if (state === 'edited' && options.force !== true) throw edited(path, 'deleted');
  // Without its unit file systemd could not disable it.
  const before = await runSystemctl(context, [['disable', '--now', name]], options.to);
  await deleteUnit(folder, name).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  const after = await runSystemctl(context, [['daemon-reload']], options.to);
  const said = `Deleted ${path}. The network stays as it is.`;
  report(context, { unit: name, path, changed: true, left: [...before, ...after], said });
  return EXIT.ok;
}

interface Given {
  readonly flags: readonly string[];
  readonly options: UnitFlags;
  readonly command: Command;
}

async function serviceOf(context: Context, file: string, { flags, options, command }: Given): Promise<Service> {
  if (file === '-') throw cliError('NLX02', 'a service needs a file that is there at every boot');
  const mode = options.atBoot === true ? 'at-boot' : 'watch';
  checkFlags(command, mode === 'watch' ? 'watch' : 'apply', flags);
  const { topology } = await loadValid(context.session, file);
  const [inLab] = Object.entries(topology.doc.nodes ?? {}).find(([, { reach }]) => reach?.via === 'lab') ?? [];
  if (inLab !== undefined) {
    throw cliError('NLX49', `node ${inLab} is in the lab, which no service keeps`, {
      hint: 'write `reach: { via: local }`, or `ssh`',
    });
  }
  const program = await context.ownProgram();
  const [path = ''] = program;
  if (!isProgramPath(path)) {
    throw cliError('NLX49', `systemd runs no program at this path: ${clean(path)}`, {
      hint: 'install netloom or Node.js at a path without quotes, backslashes and control characters',
    });
  }
  return { topology: topology.doc.name, mode, program, file: resolve(file), flags };
}

/** Lets `watch` or `apply` read the flags, so that a mistake is found now and not at the next boot. */
function checkFlags(own: Command, name: 'watch' | 'apply', flags: readonly string[]): void {
  const command = own.parent?.parent?.commands.find((each) => each.name() === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const { operands, unknown } = command.parseOptions([...flags]);
  const wrong = [...unknown, ...operands][0];
  if (wrong === undefined) return;
  throw cliError('NLX49', `${name} does not take ${JSON.stringify(clean(wrong))}`, {
    hint: `\`netloom ${name} --help\` shows its flags`,
  });
}

interface UnitAt {
  readonly name: string;
  readonly folder: string;
  readonly path: string;
}

async function unitAt(context: Context, topology: string, to: string | undefined): Promise<UnitAt> {
  const name = unitName(topology);
  const folder = to === undefined ? (await context.systemd()).folder : resolve(to);
  return { name, folder, path: join(folder, name) };
}

/** The names that a topology can have. */
const NAME = /^[a-z0-9][a-z0-9-]{0,18}$/;

/** Returns the name of a topology, by its file, or by the name itself if no such file exists. */
async function topologyOf({ session }: Context, fileOrName: string): Promise<string> {
  try {
    return (await loadValid(session, fileOrName)).topology.doc.name;
  } catch (error) {
    const unread = error instanceof DiagnosticError && error.diagnostics.every(({ code }) => code === 'NL001');
    if (unread && NAME.test(fileOrName)) return fileOrName;
    throw error;
  }
}

/**
 * Runs systemctl, unless the unit is for another place or systemd does not run here.
 * @returns the commands that were not run
 */
async function runSystemctl(
  context: Context,
  commands: readonly (readonly string[])[],
  to: string | undefined,
): Promise<readonly string[]> {
  const systemd = await context.systemd();
  if (to !== undefined || !systemd.runs) return commands.map((words) => typedLine('systemctl', ...words));
  for (const words of commands) {
    const detail = await systemd.systemctl(words);
    if (detail === undefined) continue;
    throw cliError('NLX48', `\`${typedLine('systemctl', ...words)}\` failed`, {
      detail,
      hint: 'the unit file is written; run the command again when that is solved',
    });
  }
  return [];
}

function edited(path: string, what: 'replaced' | 'deleted'): Error {
  return cliError('NLX47', `${clean(path)} was edited, and is not ${what}`, {
    hint: 'keep your changes with `systemctl edit`, or use --force',
  });
}

interface Report {
  readonly unit: string;
  readonly path: string;
  readonly changed: boolean;
  /** The commands that are left to type. */
  readonly left: readonly string[];
  readonly said: string;
}

function report(context: Context, { said, left, ...rest }: Report): void {
  if (context.json) {
    printJson(context, { format_version: FORMAT_VERSION, ...rest, left });
    return;
  }
  const { out } = context.output;
  out.line(clean(said));
  if (left.length === 0) return;
  out.line('systemd does not run here, or the unit is for another place. On its host, type:');
  for (const line of left) out.line(`  ${out.colours.cyan(line)}`);
}
