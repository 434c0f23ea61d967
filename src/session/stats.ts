import { emptyTally, STAGES, type Sizes, type Stage, type Stats, type Tally } from '../model/stats.ts';
import type { Engine } from './engine.ts';

/** Measures a session. */
export interface Meter {
  /** Where the session's shells count. */
  readonly tally: Tally;
  /** Notes that the plan was remembered, with the numbers of its objects. */
  recalled(sizes: Sizes): void;
  /** Returns the same engine, which is measured. */
  measured(engine: Engine): Engine;
  stats(): Stats;
}

/** Returns a meter at zero. */
export function createMeter(): Meter {
  const tally = emptyTally();
  const times = new Map<Stage, number>();
  let sizes: Sizes = { desired: 0, observed: 0 };
  let remembered = false;
  const timed = async <T>(stage: Stage, work: Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work;
    } finally {
      times.set(stage, (times.get(stage) ?? 0) + performance.now() - started);
    }
  };
  return {
    tally,
    recalled(of) {
      sizes = of;
      remembered = true;
    },
    measured: (engine) => ({
      ...engine,
      load: (source) => timed('check', engine.load(source)),
      compile: (topology) => timed('compile', engine.compile(topology)),
      compileHeld: (...args) => timed('compile', engine.compileHeld(...args)),
      open: (...args) => timed('open', engine.open(...args)),
      lock: (...args) => timed('lock', engine.lock(...args)),
      read: (...args) => timed('read', engine.read(...args)),
      readUnless: (...args) => timed('read', engine.readUnless(...args)),
      close: (shells) => timed('close', engine.close(shells)),
      async plan(graph, shells, reading, basis) {
        // The wait for the nodes is not planning; a failed read is reported by the plan.
        await reading?.catch(() => undefined);
        const result = await timed('plan', engine.plan(graph, shells, reading, basis));
        sizes = { desired: graph.resources.size, observed: result.observed.length };
        return result;
      },
      apply: (...args) => timed('apply', engine.apply(...args)),
    }),
    stats: () => ({
      stages: new Map(STAGES.flatMap((stage) => (times.has(stage) ? [[stage, times.get(stage) ?? 0] as const] : []))),
      tally: { ...tally },
      ...sizes,
      remembered,
    }),
  };
}
