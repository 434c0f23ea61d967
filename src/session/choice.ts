import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { Outline } from '../topology/outline.ts';

/** Which nodes a command works on: those of `node`, by default all, without those of `except`. */
export interface NodeChoice {
  readonly node?: readonly string[];
  readonly except?: readonly string[];
}

/** Returns the names of a choice that no node has. */
export function unknownNames({ doc }: Outline, { node = [], except = [] }: NodeChoice): readonly string[] {
  return [...new Set([...node, ...except])].filter((name) => doc.nodes?.[name] === undefined);
}

/** Returns the chosen nodes, in the order of the file; `undefined` for all. */
export function chosenNodes({ doc }: Outline, { node, except = [] }: NodeChoice): readonly string[] | undefined {
  if (node === undefined && except.length === 0) return undefined;
  return Object.keys(doc.nodes ?? {}).filter((name) => (node?.includes(name) ?? true) && !except.includes(name));
}

/** Throws a DiagnosticError if a name of the choice is unknown (NLX22), or if it leaves no node (NLX55). */
export async function checkChoice(topology: Outline, choice: NodeChoice): Promise<void> {
  const names = Object.keys(topology.doc.nodes ?? {});
  const unknown = unknownNames(topology, choice);
  if (unknown.length > 0) {
    const { suggestion } = await import('../topology/suggest.ts');
    throw new DiagnosticError(
      unknown.map((name): Diagnostic => {
        const hint = suggestion(name, names);
        const summary = `${topology.file} has no node ${JSON.stringify(name)}`;
        return { code: 'NLX22', severity: 'error', summary, ...(hint !== undefined && { hint }) };
      }),
    );
  }
  if (names.length === 0 || chosenNodes(topology, choice)?.length !== 0) return;
  throw new DiagnosticError([
    {
      code: 'NLX55',
      severity: 'error',
      summary: 'the command line leaves out every node',
      hint: `choose from: ${names.slice(0, 16).join(', ')}`,
    },
  ]);
}
