import type { Run } from '../../model/run.ts';
import { clean } from '../../render/clean.ts';
import type { RunRow } from '../wire/runs.ts';

/** Returns the archived runs, the last first. */
export function runRows(runs: readonly Run[]): readonly RunRow[] {
  return runs
    .map((run) => ({
      number: run.number,
      command: run.command,
      outcome: run.outcome,
      started: Date.parse(run.started),
      ended: run.ended === undefined ? null : Date.parse(run.ended),
      client: clean([run.client['user'], run.client['host']].filter(Boolean).join('@')),
      nodes: run.nodes.map(clean),
      changed: run.changed,
      impact: run.impact,
      undoes: run.undoes ?? null,
      revertedBy: run.reverted?.by ?? null,
    }))
    .toReversed();
}
