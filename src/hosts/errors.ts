import type { Code, CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import { faultDiagnostic, type Fault } from '../model/fault.ts';

/** An error between netloom and a node's shell. */
interface HostFault extends Omit<Fault<CodeOf<'NLH'>>, 'place'> {
  readonly node: string;
  readonly command?: string | undefined;
}

/** Returns a fault as an error to throw. */
export function hostError({ node, command, ...fault }: HostFault): DiagnosticError {
  return new DiagnosticError([faultDiagnostic({ ...fault, place: { node, ...(command && { command }) } })]);
}

/** Codes of errors after which a shell cannot be used any more. */
const LOST: ReadonlySet<Code> = new Set<CodeOf<'NLH'>>(['NLH002', 'NLH003', 'NLH005', 'NLH007', 'NLH012']);

/** Returns true for an error that means that the shell of a node has ended, or could not be started. */
export function isShellLost(error: unknown): boolean {
  return error instanceof DiagnosticError && error.diagnostics.some(({ code }) => LOST.has(code));
}
