import type { ProcessSpec } from './spec.ts';

/** What a daemon holds for clients that have gone, or that have something else now: it would hold it against whoever comes next. */
export function stale(desired: ProcessSpec, observed: ProcessSpec): readonly string[] {
  if (desired.leaseDevice === undefined) return [];
  const wanted = new Set(desired.bindings);
  return observed.bindings.filter((binding) => !wanted.has(binding));
}
