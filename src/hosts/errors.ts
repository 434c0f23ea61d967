import type { Code, CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import { faultDiagnostic, type Fault } from '../model/fault.ts';

/** What goes wrong between us and a node's shell. */
interface HostFault extends Omit<Fault<CodeOf<'NLH'>>, 'place'> {
  readonly node: string;
  readonly command?: string | undefined;
}

/** A fault as the error that carries it to the reader. */
export function hostError({ node, command, ...fault }: HostFault): DiagnosticError {
  return new DiagnosticError([faultDiagnostic({ ...fault, place: { node, ...(command && { command }) } })]);
}

/** Codes of errors that say: this shell is of no more use. */
const GONE: ReadonlySet<Code> = new Set<CodeOf<'NLH'>>(['NLH002', 'NLH003', 'NLH005', 'NLH007']);

/** True for an error which says that the shell of a node has ended, or never began. */
export function isShellLost(error: unknown): boolean {
  return error instanceof DiagnosticError && error.diagnostics.some(({ code }) => GONE.has(code));
}
