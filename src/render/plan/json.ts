import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ChangeGroup, Plan } from '../../model/plan.ts';
import { addressOf, type Observed, type Origin } from '../../model/resource.ts';
import type { Subject } from '../../model/subject.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { batchWithoutSecrets, changeWithoutSecrets } from '../../kinds/sensitive.ts';
import { groupWords } from './headline.ts';
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
    groups: plan.groups.map(groupJson),
    notes: (plan.notes ?? []).map(({ path, text }) => ({ path, text })),
    changes: plan.changes.map((change) => changeJson(changeWithoutSecrets(change))),
    batches: plan.batches.map(batchWithoutSecrets),
    diagnostics,
  };
}

/**
 * Returns the comparison of two files as one JSON document. It has no commands: those depend on what else a node has.
 */
export function differenceDocument(plan: Plan, diagnostics: readonly unknown[]): object {
  return {
    format_version: FORMAT_VERSION,
    topology: plan.topology,
    summary: countChanges(plan.changes),
    groups: plan.groups.map(groupJson),
    changes: plan.changes.map((change) => changeJson(changeWithoutSecrets(change))),
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

/** Returns the changes of one object of the topology; `subject` is `null` for objects that come from none. */
function groupJson({ subject, action, impact, becomes, counts, changes }: ChangeGroup): object {
  return {
    label: groupWords({ subject }),
    subject: typeof subject === 'string' ? null : subjectJson(subject),
    reason: typeof subject === 'string' ? subject : null,
    action,
    impact,
    becomes: becomes ?? null,
    counts: counts.map(({ node, action: done, one, number }) => ({ node, action: done, what: one, number })),
    changes,
  };
}

function subjectJson({ type, name, node, details, origin }: Subject): object {
  return { type, name, node: node ?? null, details: details ?? null, origin: originJson(origin) };
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
