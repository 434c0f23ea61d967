/**
 * One result. Its JSON is described in docs/benchmarks.md.
 * @typedef {object} Row
 * @property {string} section the part of the bench: `apply`, `plan`, …
 * @property {string} what what netloom did
 * @property {number} [routers] how many routers the network has
 * @property {number} [objects] how many objects the topology file has
 * @property {'ms' | 'MB' | 'processes' | '%'} unit
 * @property {number} netloom the median of all rounds
 * @property {readonly number[]} rounds
 * @property {{what: string, value: number, rounds: readonly number[]}} [against] what it is compared with, in the same
 * rounds
 * @property {number} [ratio] netloom's median over the other
 * @property {Limit} [limit]
 * @property {boolean} ok within the limit; true without one
 */

/**
 * The largest ratio or value that is accepted, or the smallest value.
 * @typedef {{ratio: number} | {most: number} | {least: number}} Limit
 */

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** @param {number} value to three digits, which is more than a measurement is worth */
const rounded = (value) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/**
 * Returns a result with its median, its ratio and whether it is within the limit.
 * @param {Pick<Row, 'section' | 'what' | 'routers' | 'objects'> & {
 *   unit?: Row['unit'], rounds: readonly number[], limit?: Limit | undefined,
 *   against?: {what: string, rounds: readonly number[]},
 * }} measured
 * @returns {Row}
 */
export function rowOf({ unit = 'ms', rounds, against, limit, ...which }) {
  const value = median(rounds);
  const other = against && median(against.rounds);
  const ratio = other === undefined ? undefined : Number((value / other).toPrecision(3));
  return {
    ...which,
    unit,
    netloom: rounded(value),
    rounds: rounds.map(rounded),
    ...(against && {
      against: { what: against.what, value: rounded(other ?? NaN), rounds: against.rounds.map(rounded) },
    }),
    ...(ratio !== undefined && { ratio }),
    ...(limit && { limit }),
    ok: limit === undefined || isWithin(limit, value, ratio),
  };
}

/** @param {Limit} limit @param {number} value @param {number | undefined} ratio */
function isWithin(limit, value, ratio = NaN) {
  if ('ratio' in limit) return ratio <= limit.ratio;
  return 'most' in limit ? value <= limit.most : value >= limit.least;
}

/** Returns a limit as a table shows it. @param {Limit | undefined} limit @param {string} unit */
export function limitText(limit, unit) {
  if (limit === undefined) return '';
  if ('ratio' in limit) return `≤ ${limit.ratio} ×`;
  return 'most' in limit ? `≤ ${limit.most} ${unit}` : `≥ ${limit.least} ${unit}`;
}
