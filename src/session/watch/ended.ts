import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Ended } from '../../watch/machine.ts';
import type { PlanOutcome } from '../approve-and-apply.ts';
import type { PlanResult } from '../engine.ts';

/** How a run of the client ended. `error`: it threw these diagnostics, and the client has told them. */
export interface Ran {
  readonly outcome: PlanOutcome['outcome'] | 'error';
  readonly diagnostics: readonly Diagnostic[];
  /** The last reading. */
  readonly final?: PlanResult;
}

/**
 * Errors of nodes, of reading them, of labs and of applies can be gone at the next attempt. All others are gone only
 * when the file, or what others have on the nodes, changes.
 */
const PASSING = /^NL[AHLO]\d/;

/** Returns how a run ended, for the machine. `nodes`: those that are worked on, if no diagnostic tells which failed. */
export function endedOf({ outcome, diagnostics }: Ran, nodes: readonly string[], isFileBad: boolean): Ended {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const codes = [...new Set(errors.map(({ code }) => code))];
  if (outcome === 'settled') return { outcome: 'good' };
  if (outcome === 'reverted') return { outcome: 'reverted', codes };
  if (outcome === 'refused') return { outcome: 'refused', codes };
  if (isFileBad) return { outcome: 'blocked', codes };
  if (errors.length > 0 && !errors.some(({ code }) => PASSING.test(code))) return { outcome: 'refused', codes };
  const named = errors.flatMap(({ place, summary }): readonly (readonly [string, string])[] =>
    place?.node !== undefined && nodes.includes(place.node) ? [[place.node, summary]] : [],
  );
  const why = errors[0]?.summary ?? 'the apply did not finish';
  const failed = new Map(named.length > 0 ? named.reverse() : nodes.map((node) => [node, why] as const));
  return { outcome: 'failed', codes, failed };
}
