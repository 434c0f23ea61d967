import { DiagnosticError } from '../../model/diagnostic.ts';
import { loadValid } from '../../session/desired.ts';
import { labNames } from '../../session/lab.ts';
import type { Context } from '../context.ts';

const NAME_LINE = /^name: *(['"]?)([a-z0-9][a-z0-9-]{0,18})\1 *(?:#.*)?$/m;

/**
 * Returns the name of the lab that `fileOrName` means; an existing file takes precedence over a lab. The file may have
 * errors as long as its name can be read, so that its lab can be ended.
 * @throws DiagnosticError if the file has no name, or if neither file nor lab exists
 */
export async function labName(context: Context, fileOrName: string): Promise<string> {
  try {
    return (await loadValid(context.session, fileOrName)).topology.doc.name;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    // The main file is the first source; those that it includes follow.
    const [name] = [...context.session.sources.values()].flatMap((text) => NAME_LINE.exec(text)?.[2] ?? []);
    if (name !== undefined) return name;
    if (error.diagnostics.every(({ code }) => code !== 'NL001')) throw error;
    const names = await labNames(context.session);
    if (names.includes(fileOrName)) return fileOrName;
    const hint = names.length === 0 ? 'no lab runs' : `name a file, or one of these labs: ${names.join(', ')}`;
    throw new DiagnosticError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, hint })));
  }
}
