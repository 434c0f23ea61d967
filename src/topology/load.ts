import { hasErrors } from '../model/diagnostic.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { runChecks } from './checks/all.ts';
import { makeContext } from './checks/context.ts';
import type { Folder } from './include/folder.ts';
import { mergeParts } from './include/merge.ts';
import { parsePart } from './include/part.ts';
import { collectParts } from './include/parts.ts';
import { readUserDataFiles } from './include/user-data-files.ts';
import { firstOf } from './limit.ts';
import { validateShape } from './schema/validate.ts';
import type { ValidTopology } from './valid.ts';

/** The result of loading a text: the topology unless there is an error, and all diagnostics in file order. */
export interface Loaded {
  readonly topology: ValidTopology | undefined;
  readonly diagnostics: Diagnostic[];
  /** The texts of included files, by the names that diagnostics use. */
  readonly included: ReadonlyMap<string, string>;
}

/**
 * Loads the text of a topology file and checks its syntax, its shape (JSON Schema) and its meaning. Never throws.
 * Reports the errors of all files in one run, at most `MOST_DIAGNOSTICS`. `topology` is given exactly if no diagnostic
 * is an error; warnings may remain.
 * @param file its name in diagnostics
 * @param folder the folder that files named in it are read from; without one, a file that names another is refused
 */
export function loadTopology(text: string, file: string, folder?: Folder): Loaded {
  const path = folder?.main.path ?? file;
  const { part: main, diagnostics: syntax } = parsePart({ path, file, text }, 'main');
  if (main === undefined) return { topology: undefined, diagnostics: inOrder(syntax, [file]), included: new Map() };
  const { parts, texts: included, diagnostics: including, complete } = collectParts(main, folder);
  const files = [file, ...included.keys()];
  const early = [...syntax, ...including];
  if (!complete) return { topology: undefined, diagnostics: inOrder(early, files), included };

  const { root, locate, diagnostics: merging } = mergeParts(parts);
  const violations = validateShape(root, locate);
  const context = makeContext(
    root,
    locate,
    violations.flatMap(({ path, meant }) => (meant === undefined ? [path] : [path, meant])),
  );
  const { userData, diagnostics: reading } = readUserDataFiles(context.doc, locate, parts, folder);
  const diagnostics = inOrder(
    [...early, ...merging, ...violations.map((violation) => violation.diagnostic), ...runChecks(context), ...reading],
    files,
  );
  if (hasErrors(diagnostics)) return { topology: undefined, diagnostics, included };
  // The only code that makes a ValidTopology.
  const topology = { file, doc: root, locate, userData } as unknown as ValidTopology;
  return { topology, diagnostics, included };
}

/** The first diagnostics by file, in the order of the files, and by position in each. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): Diagnostic[] {
  const ranks = new Map(files.map((file, index) => [file, index]));
  const rank = ({ range }: Diagnostic): number => (range && ranks.get(range.file)) ?? 0;
  const offset = ({ range }: Diagnostic): number => range?.start.offset ?? 0;
  const sorted = [...diagnostics].sort(
    (a, b) => rank(a) - rank(b) || offset(a) - offset(b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
  return [...firstOf(sorted)];
}
