import { changedSince, type Since } from '../diff/since.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Observed } from '../model/resource.ts';
import { planChecksum } from '../plan/checksum.ts';
import { sealedObject } from '../snapshot/encode.ts';
import { escapeControls } from '../topology/show.ts';
import type { Source } from '../topology/read.ts';
import type { PlanResult } from './engine.ts';
import type { MachineIds } from './machine-ids.ts';
import { encodePlan, type PlanOptions, type SavedPlan } from './plan-file.ts';
import { recordSource } from './recorded-source.ts';

export { planChecksum } from '../plan/checksum.ts';

/** What is recorded of a plan besides what was planned. */
export interface Saving {
  readonly source: Source;
  readonly options: PlanOptions;
  readonly machines: MachineIds;
  /** Of netloom. */
  readonly version: string;
  readonly time: Date;
  /** The plan as `plan --json` prints it. */
  readonly document: object;
}

/** Returns a plan as the text of a file, from which `apply` carries it out later. */
export function savePlan(graph: DesiredGraph, result: PlanResult, saving: Saving): string {
  const { source, options, machines, version, time, document } = saving;
  return encodePlan({
    netloom: version,
    time: time.toISOString(),
    topology: graph.topology,
    options,
    source: recordSource(source),
    machines,
    read: readBy(graph, result),
    plan: document,
    planChecksum: planChecksum(result.plan),
  });
}

/** Returns what a plan reads or writes: what is ours, and what is at the address of a desired or changed object. */
function readBy({ resources }: DesiredGraph, { observed, plan }: PlanResult): readonly Observed[] {
  const changed = new Set(plan.changes.map(({ address }) => address));
  return observed
    .map((object) => [addressOf(object), object] as const)
    .filter(([at, { owner }]) => owner === 'ours' || resources.has(at) || changed.has(at))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, object]) => object);
}

/**
 * Compares a saved plan with the plan that was made now, of the same file, for the same nodes.
 * @param machines those that answer now
 * @throws DiagnosticError NLA21 with what has changed since, if the commands would not be the same, or what they find
 */
export function checkSaved(
  saved: SavedPlan,
  file: string,
  graph: DesiredGraph,
  now: PlanResult,
  machines: MachineIds,
): void {
  const others = [...saved.machines].filter(([node, id]) => machines.get(node) !== id);
  if (others.length > 0)
    throw new DiagnosticError([
      stale(
        saved,
        file,
        others.map(([node]) => `${node} ${OTHER}`),
      ),
    ]);
  // Both without secrets, since their differences are printed.
  const since = changedSince(
    saved.read,
    readBy(graph, now).map((object) => sealedObject(object)),
  );
  if (since.length === 0 && planChecksum(now.plan) === saved.planChecksum) return;
  throw new DiagnosticError([stale(saved, file, since.map(sinceText))]);
}

function stale({ time, netloom }: SavedPlan, file: string, moved: readonly string[]): Diagnostic {
  const more = moved.length > MOST ? [`and ${String(moved.length - MOST)} more`] : [];
  const unseen = `The plan of ${time} by netloom ${netloom} has other commands than a plan made now.`;
  return {
    code: 'NLA21',
    severity: 'error',
    summary: `Saved plan is stale: ${escapeControls(file)} was made for nodes that have changed since`,
    detail: [...(moved.length === 0 ? [unseen] : [...moved.slice(0, MOST), ...more]), 'Nothing was changed.'].join(
      '\n',
    ),
    hint: 'plan again with --out, and look at the new plan',
  };
}

const OTHER = 'is another machine than the one that the plan was made for (/etc/machine-id)';

/** The most objects that are listed. */
const MOST = 10;

function sinceText({ address, how, fields = [] }: Since): string {
  if (fields.length === 0) return `${address} ${how}`;
  const each = fields.map(({ field, from, to }) => `${field} was ${valueText(from)}, is ${valueText(to)}`);
  return `${address}: ${each.join('; ')}`;
}

const LONGEST = 60;

function valueText(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return escapeControls(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
