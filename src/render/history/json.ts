import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import type { Run } from '../../model/run.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { planDocument } from '../plan/json.ts';

/** What is printed of a run besides its place in the list. */
interface ShownRun {
  readonly plan: Plan;
  /** Without secrets. */
  readonly rounds: readonly object[];
  readonly diagnostics: readonly Pick<Diagnostic, 'code' | 'severity' | 'summary' | 'detail'>[];
}

/**
 * Returns a run as one JSON document: its plan, and the exact commands with what became of them, without secrets.
 * @param files the topology file and those that it names
 */
export function runDocument(run: Run, { plan, rounds, diagnostics }: ShownRun, files: readonly string[]): object {
  return {
    format_version: FORMAT_VERSION,
    topology: run.topology,
    run,
    files,
    plan: planDocument(plan, []),
    rounds,
    diagnostics,
  };
}
