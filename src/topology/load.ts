import { hasErrors } from '../model/diagnostic.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { runChecks } from './checks/all.ts';
import { makeContext } from './checks/context.ts';
import { dropExtensions } from './schema/extensions.ts';
import { validateShape } from './schema/validate.ts';
import type { ValidTopology } from './valid.ts';
import { parseYaml } from './yaml/parse.ts';

/** What became of a text: the topology unless there is an error, and everything there is to say, in order of place. */
export interface Loaded {
  readonly topology: ValidTopology | undefined;
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads the text of a topology file and checks all of it: syntax, shape, meaning. `file` is the name diagnostics use.
 * Never throws and reads nothing but `text`; every mistake that can be seen is reported in one run. There is a topology
 * exactly when no diagnostic is an error (warnings may remain).
 */
export function loadTopology(text: string, file: string): Loaded {
  const { parsed, diagnostics: syntax } = parseYaml(text, file);
  if (parsed === undefined) return { topology: undefined, diagnostics: inOrder(syntax) };
  const { root, locate } = parsed;
  dropExtensions(root);
  const violations = validateShape(root, locate);
  const context = makeContext(
    root,
    locate,
    violations.map((violation) => violation.path),
  );
  const diagnostics = inOrder([
    ...syntax,
    ...violations.map((violation) => violation.diagnostic),
    ...runChecks(context),
  ]);
  if (hasErrors(diagnostics)) return { topology: undefined, diagnostics };
  // The one place where the brand is given.
  const topology = { file, doc: root, locate, source: text } as unknown as ValidTopology;
  return { topology, diagnostics };
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const offset = (diagnostic: Diagnostic): number => diagnostic.range?.start.offset ?? 0;
  return [...diagnostics].sort((a, b) => offset(a) - offset(b) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
