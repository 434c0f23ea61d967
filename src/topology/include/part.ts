import type { Diagnostic } from '../../model/diagnostic.ts';
import { dropExtensions } from '../schema/extensions.ts';
import type { Locate } from '../valid.ts';
import { parseYaml } from '../yaml/parse.ts';

/** One file of a topology. */
export interface Part {
  /** Its path from the folder of the main file. */
  readonly path: string;
  /** Its name in diagnostics. */
  readonly file: string;
  readonly text: string;
  readonly root: Record<string, unknown>;
  readonly locate: Locate;
}

/** Parses one file of a topology, and removes its `x-` keys. `part` is given if the rest of the file can be checked. */
export function parsePart(
  { path, file, text }: Pick<Part, 'path' | 'file' | 'text'>,
  role: 'main' | 'included',
): { readonly part: Part | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { parsed, diagnostics } = parseYaml(text, file);
  if (parsed === undefined) {
    return { part: undefined, diagnostics: role === 'main' ? diagnostics : diagnostics.map(forIncluded) };
  }
  dropExtensions(parsed.root);
  return { part: { path, file, text, ...parsed }, diagnostics };
}

/** An included file needs no name, so it can be empty. */
function forIncluded(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'NL017' ? { ...diagnostic, hint: 'write {} for an empty file' } : diagnostic;
}
