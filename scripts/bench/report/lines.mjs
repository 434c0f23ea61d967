/** @typedef {import('../rows.mjs').Row} Row */
/** @typedef {import('./plot.mjs').Line} Line */

/**
 * Returns the lines of a plot: for everything that was measured in milliseconds with two numbers of routers or objects
 * or more, one of netloom, and a dashed one of what it is compared with.
 * @param {'routers' | 'objects'} axis @param {readonly Row[]} rows @returns {Line[]}
 */
export function linesAgainst(axis, rows) {
  const measured = rows.filter((row) => row[axis] !== undefined && row.unit === 'ms' && row.section !== 'peers');
  /** @type {Map<string, {colour: number, dashed: boolean, points: Map<number, number>}>} */
  const lines = new Map();
  const colours = [...new Set(measured.map(({ what }) => what))];
  const add = (/** @type {string} */ name, /** @type {string} */ what, dashed = false, x = NaN, y = NaN) => {
    const line = lines.get(name) ?? { colour: colours.indexOf(what), dashed, points: new Map() };
    lines.set(name, line);
    line.points.set(x, y);
  };
  for (const row of measured) {
    add(row.what, row.what, false, row[axis], row.netloom);
    if (row.against) add(dashedName(row.what, row.against.what), row.what, true, row[axis], row.against.value);
  }
  return [...lines]
    .filter(([, { points }]) => points.size > 1)
    .map(([name, { points, ...line }]) => ({ name, ...line, points: [...points].sort(([a], [b]) => a - b) }));
}

/** Reads by hand are those of every plan. @param {string} what @param {string} other */
const dashedName = (what, other) => (other === 'script by hand' ? `${what}, ${other}` : other);
