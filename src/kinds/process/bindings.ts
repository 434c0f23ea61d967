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
