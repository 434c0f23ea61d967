import type { ProcessSpec } from './spec.ts';

/**
 * Returns what a daemon holds for clients that no longer exist, or that have something else now: it would refuse it to
 * the next client.
 */
export function stale(desired: ProcessSpec, observed: ProcessSpec): readonly string[] {
  if (desired.leaseDevice === undefined) return [];
  const desiredBindings = new Set(desired.bindings);
  return observed.bindings.filter((binding) => !desiredBindings.has(binding));
}

/**
 * Returns what a daemon is to hold again, and does not hold. Two records are not compared: between them a client may
 * have got a lease.
 */
export function lost({ held = [] }: ProcessSpec, observed: ProcessSpec): readonly string[] {
  if (observed.held !== undefined) return [];
  const present = new Set(observed.bindings);
  return held.filter((binding) => !present.has(binding));
}
