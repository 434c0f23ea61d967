import type { Stats } from '../../model/stats.ts';

/** Returns what a session took, as JSON. `milliseconds`: since the process began. */
export function statsJson({ stages, tally, desired, observed, remembered }: Stats, milliseconds: number): object {
  return {
    milliseconds: rounded(milliseconds),
    stages: [...stages].map(([stage, time]) => ({ stage, milliseconds: rounded(time) })),
    shells: tally.shells,
    scripts: tally.scripts,
    bytes_written: tally.written,
    bytes_read: tally.read,
    processes: tally.processes,
    cache_hits: tally.hits,
    cache_misses: tally.misses,
    objects_desired: desired,
    objects_observed: observed,
    plan_remembered: remembered,
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
