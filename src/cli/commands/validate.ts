import type { Command } from 'commander';
import { loadDesired } from '../../session/desired.ts';
import { addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics, printJson } from '../report.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../../model/diagnostic.ts';

type Format = 'text' | 'json' | 'github';

interface Options {
  readonly format?: Format;
  readonly json?: boolean;
}

/** Adds `validate`, which prints every mistake of a file in one run. */
export function addValidate(program: Command, act: Act): void {
  const command = addFile(program.command('validate').description('check a topology file; no node is contacted'));
  addJson(command, 'document', 'one document, the same as --format json');
  addFlag(command, '--format <format>', 'the format of the diagnostics; text by default', {
    choices: ['text', 'json', 'github'],
  });
  addExitCodes(command, [0, 'valid, with or without warnings'], [1, 'not valid']);
  addExamples(command, [
    ['the mistakes in a file', 'validate topology.yaml'],
    ['the unsaved text of an editor', 'validate - < topology.yaml'],
    ['annotations on a pull request', 'validate --format github topology.yaml'],
  ]).action(act(validate));
}

async function validate(context: Context, file: string, options: Options): Promise<number> {
  const format = options.format ?? (context.json ? 'json' : 'text');
  const { diagnostics, summary } = await check(context, file);
  const failed = hasErrors(diagnostics);
  if (format === 'json') {
    const { validationDocument } = await import('../../render/diagnostics/json.ts');
    printJson(context, validationDocument(diagnostics, context.session.sources));
  } else if (format === 'github') {
    const { renderGithub } = await import('../../render/diagnostics/github.ts');
    context.output.out.write(renderGithub(diagnostics));
  } else {
    await printDiagnostics(context, diagnostics);
    if (summary !== undefined) context.output.out.line(summary);
  }
  return failed ? EXIT.failed : EXIT.ok;
}

async function check(
  context: Context,
  file: string,
): Promise<{ diagnostics: readonly Diagnostic[]; summary: string | undefined }> {
  try {
    const { topology, graph, warnings } = await loadDesired(context.session, file);
    const { validSummary } = await import('../../render/show/valid.ts');
    return { diagnostics: warnings, summary: validSummary(topology.file, topology.doc, graph) };
  } catch (error) {
    if (error instanceof DiagnosticError) return { diagnostics: error.diagnostics, summary: undefined };
    throw error;
  }
}
