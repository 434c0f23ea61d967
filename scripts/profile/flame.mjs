const WIDTH = 1600;
const ROW = 17;
const TOP = 34;
/** Narrower frames are left out: nobody sees them. */
const NARROWEST = 0.4;
const CHARACTER = 6.6;
const COLOURS = { netloom: '#f4a259', package: '#8cb369', node: '#bcc4cc' };

/**
 * Returns a flame graph as SVG: a function is as wide as its time, and what it calls is below it. Browsers show a
 * frame's title, its name and times, under the pointer.
 * @param {import('./tree.mjs').Frame} tree @param {string} title
 */
export function flameSvg(tree, title) {
  const scale = WIDTH / Math.max(tree.total, Number.MIN_VALUE);
  /** @type {string[]} */
  const drawn = [];
  let deepest = 0;
  /** @param {import('./tree.mjs').Frame} frame @param {number} x @param {number} depth */
  const draw = (frame, x, depth) => {
    const width = frame.total * scale;
    if (width < NARROWEST) return;
    deepest = Math.max(deepest, depth);
    drawn.push(frameSvg(frame, { x, y: TOP + depth * ROW, width }, tree.total));
    let at = x;
    for (const callee of frame.callees) {
      draw(callee, at, depth + 1);
      at += callee.total * scale;
    }
  };
  draw(tree, 0, 0);
  const height = TOP + (deepest + 1) * ROW + 8;
  const legend = Object.entries(COLOURS).map(
    ([name, colour], i) =>
      `<rect x="${WIDTH - 300 + i * 100}" y="8" width="12" height="12" fill="${colour}"/>` +
      `<text x="${WIDTH - 284 + i * 100}" y="19">${name}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    '  font-family="DejaVu Sans Mono, monospace" font-size="11" fill="#222">',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="4" y="20" font-size="14">${escaped(title)}: ${tree.total.toFixed(1)} ms</text>`,
    ...legend,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

/**
 * @param {import('./tree.mjs').Frame} frame @param {{ x: number, y: number, width: number }} place
 * @param {number} all milliseconds of the whole profile
 */
function frameSvg({ name, sort, total, own }, { x, y, width }, all) {
  const share = ((100 * total) / all).toFixed(1);
  const tip = `${name}: ${total.toFixed(2)} ms (${share} %), ${own.toFixed(2)} ms of it itself`;
  const room = Math.floor((width - 6) / CHARACTER);
  const label = room < 3 ? '' : name.length > room ? `${name.slice(0, room - 1)}…` : name;
  return (
    `<g><title>${escaped(tip)}</title>` +
    `<rect x="${x.toFixed(2)}" y="${y}" width="${Math.max(width - 0.5, 0.3).toFixed(2)}" height="${ROW - 1}" rx="1" ` +
    `fill="${COLOURS[sort]}"/>` +
    (label === '' ? '' : `<text x="${(x + 3).toFixed(2)}" y="${y + 12}">${escaped(label)}</text>`) +
    '</g>'
  );
}

/** @param {string} text */
function escaped(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[/** @type {keyof typeof entities} */ (character)]);
}
