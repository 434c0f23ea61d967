import { DiagnosticError } from '../model/diagnostic.ts';
import type { Session } from './session.ts';
import { readSource } from './desired.ts';

/** A file's text as it is and as it is formatted. */
export interface FormattedFile {
  /** The file's name in diagnostics. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** Reads a file and formats its text; writes nothing. @throws DiagnosticError if it cannot be read or does not parse */
export async function formatFile(session: Session, file: string): Promise<FormattedFile> {
  const source = await readSource(session, file);
  const formatted = await session.engine.format(source);
  if ('diagnostics' in formatted) throw new DiagnosticError(formatted.diagnostics);
  return { file: source.file, before: source.text, after: formatted.text };
}
