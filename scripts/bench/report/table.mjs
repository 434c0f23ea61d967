import { limitText } from '../rows.mjs';

/** @typedef {import('../rows.mjs').Row} Row */

/** The columns of the results. */
export const HEAD = ['', 'netloom', 'against', '', 'ratio', 'limit', ''];

/** Returns a result as a line of a table. @param {Row} row @returns {string[]} */
export function cells({ what, routers, objects, unit, netloom, against, ratio, limit, ok }) {
  const size = routers ?? objects;
  const noun = routers === undefined ? 'objects' : routers === 1 ? 'router' : 'routers';
  return [
    size === undefined ? what : `${what}, ${size.toLocaleString('en')} ${noun}`,
    `${netloom.toLocaleString('en')} ${unit}`,
    against?.what ?? '',
    against ? `${against.value.toLocaleString('en')} ${unit}` : '',
    ratio === undefined ? '' : `${ratio} ×`,
    limitText(limit, unit),
    ok ? '' : 'over the limit',
  ];
}

/** Returns the results in columns, for a terminal. @param {readonly Row[]} rows */
export function textTable(rows) {
  const all = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ texts) =>
    texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((texts) => `${line(texts).trimEnd()}\n`).join('');
}
