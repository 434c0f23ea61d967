import type { Health } from '../../render/show/services.ts';

/** The health of a thing, as `show` tells it. */
export interface Mark {
  readonly health: Health;
  /** Say what is wrong or differs, and what an apply would do. Empty if it is ok. */
  readonly lines: readonly string[];
}

/** Marks by what they are about: the path of an entry in the file, or `bridge NODE NAME`. */
export type Marks = ReadonlyMap<string, Mark>;

/** Of health, the worst first. */
const WORST: readonly Health[] = ['foreign', 'missing', 'degraded', 'unknown', 'ok'];

/** Returns the marks as one: its health is the worst of them, and its lines begin with those of the worst. */
export function joinMarks(marks: readonly (Mark | undefined)[]): Mark | undefined {
  const known = marks.filter((mark) => mark !== undefined);
  const sorted = WORST.flatMap((health) => known.filter((mark) => mark.health === health));
  const [worst] = sorted;
  return worst && { health: worst.health, lines: [...new Set(sorted.flatMap(({ lines }) => lines))] };
}
