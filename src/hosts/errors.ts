import type { CodeOf } from '../model/codes/registry.ts';
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
