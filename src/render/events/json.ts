import type { UntimedEvent } from '../../model/event.ts';
import { keepJson } from './keep-json.ts';
import type { Batch } from '../../model/plan.ts';
import { diagnosticJson } from '../diagnostics/json.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { countChanges } from '../plan/summary.ts';
import type { Line } from './line.ts';

/**
 * Returns a line with its time after its type; `time` is in milliseconds since 1970, and printed as RFC 3339 in UTC.
 */
export function timedLine({ type, ...rest }: Line, time: number): object {
  return { type, time: new Date(time).toISOString(), ...rest };
}

/** Returns the first line of every stream of JSON lines. */
export function versionLine(netloom: string): Line {
  return { type: 'version', format_version: FORMAT_VERSION, netloom };
}

/** Returns one event as one JSON line. Commands are in the plan, and not repeated. */
export function eventJson(event: UntimedEvent): Line {
  switch (event.type) {
    case 'round-start':
      return {
        type: event.type,
        round: event.round,
        batches: event.plan.batches.length,
        summary: countChanges(event.plan.changes),
      };
    case 'batch-start':
      return { type: event.type, ...batchJson(event.batch) };
    case 'batch-done':
      return { type: event.type, ...batchJson(event.batch), milliseconds: event.milliseconds };
    case 'batch-failed':
      return {
        type: event.type,
        ...batchJson(event.batch),
        diagnostics: event.diagnostics.map((found) => diagnosticJson(found)),
      };
    case 'batch-skipped':
      return { type: event.type, ...batchJson(event.batch), because: event.because };
    case 'settled':
      return { type: event.type, rounds: event.rounds, milliseconds: event.milliseconds };
    case 'unsettled':
      return { type: event.type, rounds: event.rounds, summary: countChanges(event.plan.changes) };
    case 'rollback-start':
      return { type: event.type, summary: countChanges(event.plan.changes) };
    case 'rollback-done':
      return { type: event.type, ok: event.ok, milliseconds: event.milliseconds };
    case 'lab-started':
      return { type: event.type, name: event.name, milliseconds: event.milliseconds };
    case 'member-added':
    case 'member-removed':
      return { type: event.type, kind: event.kind, name: event.name };
    case 'cable-added':
    case 'cable-removed':
      return { type: event.type, cable: event.cable };
    case 'switch-started':
      return { type: event.type, node: event.node };
    case 'lab-up':
      return { type: event.type, name: event.name, changed: event.changed, milliseconds: event.milliseconds };
    case 'lab-down':
      return { type: event.type, name: event.name };
    case 'lock-busy': {
      const { host, user, pid, command, ageSeconds, stuck } = event.holder;
      const holder = { host: host ?? null, user: user ?? null, pid: pid ?? null, command: command ?? null };
      return { type: event.type, node: event.node, holder: { ...holder, age_seconds: ageSeconds ?? null, stuck } };
    }
    case 'run':
      return { type: 'watch-run', number: event.number };
    case 'done':
      return { type: 'watch-done', number: event.number, ok: event.ok };
    case 'gone':
      return { type: 'watch-gone' };
    case 'trouble':
      return { type: 'watch-trouble', message: event.message };
    default:
      return keepJson(event);
  }
}

function batchJson(batch: Batch): object {
  const addresses = [...new Set(batch.steps.map((step) => step.address))];
  return { batch: batch.id, node: batch.node, netns: batch.netns, steps: batch.steps.length, addresses };
}
