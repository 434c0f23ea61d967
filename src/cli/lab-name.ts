import { DiagnosticError } from '../model/diagnostic.ts';
import type { Context } from './context.ts';
import { loadValid } from '../session/desired.ts';

const NAME_LINE = /^name: *(['"]?)([a-z0-9][a-z0-9-]{0,18})\1 *(?:#.*)?$/m;

/** The name of a file's lab. A file with a mistake in it will do as well, as long as its name can be read: a lab must be possible to end. */
export async function labName(context: Context, file: string): Promise<string> {
  try {
    return (await loadValid(context.session, file)).topology.doc.name;
  } catch (error) {
    const text = [...context.session.sources.values()].at(-1) ?? '';
    const name = NAME_LINE.exec(text)?.[2];
    if (name === undefined || !(error instanceof DiagnosticError)) throw error;
    return name;
  }
}
