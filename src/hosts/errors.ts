import { DiagnosticError } from '../model/diagnostic.ts';
import type { CodeOf } from '../model/codes/registry.ts';

/** What goes wrong between us and a node's shell. */
interface HostFault {
  readonly code: CodeOf<'NLH'>;
  readonly node: string;
  readonly summary: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly command?: string | undefined;
}

/** A fault as the error that carries it to the reader. Empty details are left out. */
export function hostError(fault: HostFault): DiagnosticError {
  const detail = fault.detail?.trim();
  return new DiagnosticError([
    {
      code: fault.code,
      severity: 'error',
      summary: fault.summary,
      ...(detail ? { detail } : {}),
      ...(fault.hint ? { hint: fault.hint } : {}),
      place: { node: fault.node, ...(fault.command ? { command: fault.command } : {}) },
    },
  ]);
}
