import type { Command } from 'commander';
import { clean } from '../../render/clean.ts';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { pinFile, refuseChanged, type Pinned, type PinnedValue, type PinOptions } from '../../session/pin.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

interface Options extends PinOptions {
  readonly dryRun?: boolean;
}

/** Adds `pin`, which writes derived ids, MACs and addresses into the topology file. */
export function addPin(program: Command, act: Act): void {
  const command = addFile(
    program.command('pin').description('write derived ids, MACs and addresses into the topology file'),
  );
  addFlag(command, '--dry-run', 'show what would be written, as a unified diff; nothing is written', {
    env: 'NETLOOM_PIN_DRY_RUN',
  });
  addFlag(command, '--offline', 'contact no node; the values are those that the file alone gives');
  addNoCache(addLab(command));
  addExitCodes(command, [0, 'every value is in the file'], [1, 'an error; no file is changed']);
  addAbout(
    command,
    'Afterwards the file alone gives what the nodes have: a plan in a check without nodes, after a reboot or on new ' +
      'nodes gives every guest the same id, MAC and address.',
    'Only these fields are added. Comments, quotes, line breaks and the order of keys stay. With `include`, each ' +
      'value is in the file that has its entry. What comes from an alias or a merge key is written where it is used.',
    'The values are those that the nodes hold; what no node holds is derived. All nodes must be reached, or none ' +
      '(--offline). On a network that runs, --offline can give a guest another address.',
  );
  addExamples(addJson(command, 'document', 'one document: the values, and which files change'), [
    ['what the nodes of a running network have', 'pin topology.yaml'],
    ['look first', 'pin --dry-run topology.yaml'],
    ['before the first apply', 'pin --offline topology.yaml'],
    ['to standard output', 'pin --offline - < topology.yaml'],
  ]).action(act(pin));
}

async function pin(context: Context, path: string, { dryRun = false, ...options }: Options): Promise<number> {
  const pinned = await pinFile(context.session, path, options);
  const changed = pinned.files.filter(({ before, after }) => before !== after);
  if (!context.json) await printDiagnostics(context, pinned.warnings);
  if (dryRun) await showDiff(context, changed);
  else if (path === '-') {
    if (!context.json) for (const { after } of pinned.files) context.output.out.write(after);
  } else await write(context, changed);
  if (context.json) await printDocument(context, pinned);
  else if (path !== '-' && (!dryRun || changed.length === 0)) {
    context.output.out.line(
      changed.length === 0 ? 'Already pinned.' : `Pinned ${countsOf(pinned.values)} in ${namesOf(changed)}.`,
    );
  }
  return EXIT.ok;
}

/** Writes no file if one of them was changed meanwhile. */
async function write({ session }: Context, changed: Pinned['files']): Promise<void> {
  for (const file of changed) await refuseChanged(session, file);
  const { replaceFile } = await import('../write-file.ts');
  for (const { file, after } of changed) await replaceFile(file, after);
}

async function showDiff(context: Context, changed: Pinned['files']): Promise<void> {
  if (context.json) return;
  const { renderFileDiff } = await import('../../render/format/diff.ts');
  const { out } = context.output;
  for (const { file, before, after } of changed) out.write(renderFileDiff(file, before, after, 'pinned', out.colours));
}

async function printDocument(context: Context, { files, values, warnings }: Pinned): Promise<void> {
  printJson(context, {
    format_version: FORMAT_VERSION,
    files: files.map(({ file, before, after }) => ({ file, changed: before !== after })),
    values: values.map(({ path, value }) => ({ path, value })),
    diagnostics: await diagnosticsJson(context, warnings),
  });
}

/** `3 ids, 1 MAC and 2 addresses`. */
function countsOf(values: Pinned['values']): string {
  const counts = PLURALS.flatMap(([what, plural]) => {
    const { length } = values.filter((one) => one.what === what);
    return length === 0 ? [] : [`${String(length)} ${length === 1 ? what : plural}`];
  });
  return joined(counts);
}

const PLURALS: readonly (readonly [one: PinnedValue['what'], many: string])[] = [
  ['id', 'ids'],
  ['MAC', 'MACs'],
  ['address', 'addresses'],
];

function namesOf(files: Pinned['files']): string {
  return joined(files.map(({ file }) => clean(file)));
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
