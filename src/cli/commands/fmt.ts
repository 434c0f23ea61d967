import type { Command } from 'commander';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import { clean } from '../../render/clean.ts';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { formatFile } from '../../session/format.ts';
import { addAbout, addExamples, addExitCodes, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

interface Options {
  readonly check?: boolean;
}

/** The result of one file. `changed`: its text is not formatted, or was not before. */
interface Done {
  readonly file: string;
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Adds `fmt`, which formats indentation, spacing and empty lines of topology files, and nothing else. */
export function addFmt(program: Command, act: Act): void {
  const command = program
    .command('fmt')
    .description('format topology files; nothing but white space changes')
    .argument('<file...>', 'the topology files; - formats standard input');
  addFlag(command, '--check', 'write nothing; show what would change, exit code 1 if anything');
  addExitCodes(command, [0, 'all files are formatted'], [1, 'an error; with --check also: a file is not formatted']);
  addAbout(command, 'Comments, quotes, line breaks, flow style and the order of keys stay.');
  addExamples(addJson(command, 'document', 'one document: which files change'), [
    ['in place', 'fmt topology.yaml'],
    ['in CI', 'fmt --check topologies/*.yaml'],
    ['in an editor', 'fmt - < topology.yaml'],
  ]).action(act(fmt));
}

async function fmt(context: Context, files: readonly string[], options: Options): Promise<number> {
  const done: Done[] = [];
  for (const file of files) done.push(await formatOne(context, file, options.check === true));
  const failed = done.some(({ diagnostics }) => diagnostics.length > 0);
  if (context.json) {
    const documents = done.map(async ({ diagnostics, ...rest }) => ({
      ...rest,
      diagnostics: await diagnosticsJson(context, diagnostics),
    }));
    printJson(context, { format_version: FORMAT_VERSION, files: await Promise.all(documents) });
  }
  return failed || (options.check === true && done.some(({ changed }) => changed)) ? EXIT.failed : EXIT.ok;
}

async function formatOne(context: Context, path: string, checks: boolean): Promise<Done> {
  try {
    const { file, before, after } = await formatFile(context.session, path);
    const changed = before !== after;
    if (checks) {
      if (changed) await showDiff(context, file, before, after);
    } else if (path === '-') {
      if (!context.json) context.output.out.write(after);
    } else if (changed) {
      const { replaceFile } = await import('../write-file.ts');
      await replaceFile(path, after);
      if (!context.json) context.output.out.line(clean(path));
    }
    return { file, changed, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    await printDiagnostics(context, error.diagnostics);
    return { file: path, changed: false, diagnostics: error.diagnostics };
  }
}

async function showDiff(context: Context, file: string, before: string, after: string): Promise<void> {
  if (context.json) return;
  const { renderFileDiff } = await import('../../render/format/diff.ts');
  const { out } = context.output;
  out.write(renderFileDiff(file, before, after, 'formatted', out.colours));
}
