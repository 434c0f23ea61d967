import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import { addressOf, type Observed, type Origin } from '../../model/resource.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { batchWithoutSecrets, changeWithoutSecrets } from '../sensitive.ts';
import { countChanges } from './summary.ts';

/**
 * Returns a plan as one JSON document. `batches` has the exact commands, without secret texts. `diagnostics` are
 * already JSON.
 */
export function planDocument(plan: Plan, diagnostics: readonly Diagnostic[] | readonly unknown[]): object {
  return {
    format_version: FORMAT_VERSION,
    topology: plan.topology,
    summary: countChanges(plan.changes),
    owned: plan.owned,
    left_out: plan.leftOut,
    foreign: plan.foreign.map(foreignJson),
    changes: plan.changes.map((change) => changeJson(changeWithoutSecrets(change))),
    batches: plan.batches.map(batchWithoutSecrets),
    diagnostics,
  };
}

/** Returns one foreign object that disturbs traffic. */
function foreignJson(object: Observed): object {
  const { node, netns, kind, name, disturbs } = object;
  return {
    address: addressOf(object),
    node,
    netns,
    kind,
    name,
    what: disturbs?.what ?? name,
    why: disturbs?.why ?? '',
  };
}

/** Returns one change; absent values are `null`, so that every key exists. */
function changeJson(change: Change): object {
  return {
    address: change.address,
    node: change.node,
    netns: change.netns,
    kind: change.kind,
    name: change.name,
    action: change.action,
    reason: change.reason,
    impact: change.impact,
    fields: change.fields.map(({ field, from, to, replace }) => ({
      field,
      from: from ?? null,
      to: to ?? null,
      replace: replace ?? false,
    })),
    desired: change.desired?.spec ?? null,
    observed: change.observed?.spec ?? null,
    origin: originJson(change.origin ?? change.desired?.origin),
  };
}

function originJson(origin: Origin | undefined): object | null {
  if (origin === undefined) return null;
  const { range } = origin;
  return {
    path: origin.path,
    file: range?.file ?? null,
    line: range?.start.line ?? null,
    column: range?.start.column ?? null,
  };
}
