import { isDeepStrictEqual } from 'node:util';
import { Parser } from 'yaml';
import { hasErrors, type Diagnostic } from '../../model/diagnostic.ts';
import { parseYaml } from '../yaml/parse.ts';
import { layOut } from './layout.ts';

/** A formatted text, or why a text cannot be formatted. */
export type Formatted = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Formats YAML text that holds one mapping. Only white space changes, so comments, quotes, line breaks and the order of
 * keys stay. Formatted text does not change. A text that does not parse is not formatted.
 * @param file the name that diagnostics use
 */
export function formatYaml(text: string, file: string): Formatted {
  const { parsed, diagnostics } = parseYaml(text, file);
  if (parsed === undefined || hasErrors(diagnostics)) return { diagnostics };
  const formatted = layOut(new Parser().parse(text));
  const again = parseYaml(formatted, file).parsed;
  if (withoutSpace(formatted) !== withoutSpace(text) || !isDeepStrictEqual(again?.root, parsed.root)) {
    throw new Error(`${file} would not mean the same when formatted`);
  }
  return { text: formatted };
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
