import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';

/** Why one node cannot be reached. */
interface Failure {
  readonly node: string;
  readonly error: unknown;
}

/** Nodes that cannot be reached, of several: one error that names them all. */
export class NodesUnreachable extends DiagnosticError {
  readonly nodes: readonly string[];
  /** True if no node can be reached. */
  readonly all: boolean;

  constructor(nodes: readonly string[], all: boolean, diagnostic: Diagnostic) {
    super([diagnostic]);
    this.nodes = nodes;
    this.all = all;
  }

  /** Returns the same error with the command line that works on the other nodes, if there are any. */
  withCommand(command: string | undefined): NodesUnreachable {
    const [diagnostic] = this.diagnostics;
    if (diagnostic === undefined || command === undefined || this.all) return this;
    return new NodesUnreachable(this.nodes, false, { ...diagnostic, hint: `to work on the others: \`${command}\`` });
  }
}

/** The most lines that are shown of one node's error. */
const LINES = 4;

/**
 * Returns the error for nodes that could not be opened, of `count`. If there is one node only, or another reason than
 * that a node cannot be reached (a lab that is not up), it is the first node's own.
 */
export function openingError(failures: readonly Failure[], count: number): unknown {
  const reasons = failures.map(({ node, error }) => ({ node, error, diagnostic: reachFailure(error) }));
  const other = reasons.find(({ diagnostic }) => diagnostic === undefined);
  if (other) return other.error;
  if (count === 1) return failures[0]?.error;
  const nodes = failures.map(({ node }) => node);
  const detail = reasons.flatMap(({ diagnostic }) => (diagnostic ? linesOf(diagnostic) : []));
  return new NodesUnreachable(nodes, failures.length === count, {
    code: 'NLH008',
    severity: 'error',
    summary: `${nodes.length} of ${count} nodes cannot be reached: ${nodes.join(', ')}`,
    detail: detail.join('\n'),
  });
}

/** The error of a node that cannot be reached; `undefined` for any other. */
function reachFailure(error: unknown): Diagnostic | undefined {
  if (!(error instanceof DiagnosticError)) return undefined;
  return error.diagnostics.find(({ code }) => code.startsWith('NLH'));
}

function linesOf({ summary, detail, hint }: Diagnostic): readonly string[] {
  const more = detail?.split('\n').filter((line) => line.trim() !== '') ?? [];
  const shown = more.slice(-LINES);
  return [summary, ...shown.map((line) => `  ${line}`), ...(hint === undefined ? [] : [`  ${hint}`])];
}
