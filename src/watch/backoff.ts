/** The first wait after a failure, and the longest, in milliseconds. */
const [FIRST_MS, LONGEST_MS] = [1000, 300_000];

/**
 * Returns how long to wait before the next attempt, in milliseconds: 1 s after the first failure, twice as long after
 * each further one, at most 5 min; and up to a tenth more or less, so that many that failed together do not come
 * together.
 * @param attempt the number of failures, from 1
 * @param random from 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 30));
  return Math.round(wait * (0.9 + 0.2 * random));
}
