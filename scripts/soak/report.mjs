import { MARGINS } from './limits.mjs';

/** @typedef {import('./gauges.mjs').Gauges} Gauges */
/** @typedef {import('./walk.mjs').Soaked} Soaked */

/** Returns the value below which so much of a list is. @param {readonly number[]} values @param {number} part */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

const NAMES = /** @type {const} */ ({
  descriptors: 'descriptors of netloom',
  readersDescriptors: 'descriptors of its readers',
  megabytes: 'memory of netloom, MB',
  readersMegabytes: 'memory of its readers, MB',
  processes: 'processes',
  unnamedNamespaces: 'namespaces without a name',
});

/**
 * Compares the last third of what was measured with the first, by the middle of each.
 * @param {readonly Gauges[]} measured
 * @returns {{ what: string, first: number, last: number, most: number }[]}
 */
export function trends(measured) {
  const third = Math.floor(measured.length / 3);
  if (third === 0) return [];
  const keys = /** @type {(keyof Gauges)[]} */ (Object.keys(NAMES));
  return keys.map((key) => {
    const of = (/** @type {readonly Gauges[]} */ some) =>
      quantile(
        some.map((each) => each[key]),
        0.5,
      );
    const first = of(measured.slice(0, third));
    const { share, more } = MARGINS[key];
    return { what: NAMES[key], first, last: of(measured.slice(-third)), most: first * (1 + share) + more };
  });
}

/** Returns what has grown more than it may. @param {readonly Gauges[]} measured @returns {string[]} */
export function growth(measured) {
  return trends(measured)
    .filter(({ last, most }) => last > most)
    .map(({ what, first, last }) => `${what}: ${first.toFixed(0)} in the first third, ${last.toFixed(0)} in the last`);
}

/** Returns the numbers of a soak as a table. @param {Soaked} soaked */
export function report({ seed, seconds, actions, heals, healed, healedByReading, settled, measured }) {
  const count = [...actions.values()].reduce((sum, each) => sum + each, 0);
  const times = (/** @type {readonly number[]} */ list) =>
    list.length === 0
      ? 'none'
      : `p50 ${quantile(list, 0.5).toFixed(0)} ms, p95 ${quantile(list, 0.95).toFixed(0)} ms (${list.length})`;
  const rows = [
    ['seed', String(seed)],
    ['seconds', seconds.toFixed(0)],
    ['actions', String(count)],
    ...[...actions].sort(([, a], [, b]) => b - a).map(([what, n]) => [`  ${what}`, String(n)]),
    ['heals', String(heals)],
    ['damage → healed', times(healed)],
    ['without an event → healed', times(healedByReading)],
    ['save → settled', times(settled)],
    ...trends(measured).map(({ what, first, last, most }) => [
      what,
      `${first.toFixed(0)} → ${last.toFixed(0)} (at most ${most.toFixed(0)})`,
    ]),
  ];
  const width = Math.max(...rows.map(([what = '']) => what.length));
  return rows.map(([what = '', value = '']) => `${what.padEnd(width)}  ${value}`).join('\n');
}
