import { logScale, spread } from './scale.mjs';

/**
 * A line of a plot. `dashed`: what netloom is compared with.
 * @typedef {{name: string, colour: number, dashed?: boolean, points: readonly Point[]}} Line
 * @typedef {readonly [x: number, y: number]} Point
 */

const WIDTH = 900;
const HEIGHT = 460;
const AREA = { left: 80, right: 590, top: 56, bottom: 400 };
/** Colours that the colour-blind tell apart (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#000000'];
const LABEL_HEIGHT = 18;

/**
 * Returns a plot as SVG, both axes logarithmic, each line labelled at its end.
 * @param {{title: string, x: string, y: string, lines: readonly Line[]}} plot
 */
export function plotSvg({ title, x, y, lines }) {
  const points = lines.flatMap((line) => line.points);
  const across = logScale(
    points.map(([value]) => value),
    AREA.left,
    AREA.right,
  );
  const up = logScale(
    points.map(([, value]) => value),
    AREA.bottom,
    AREA.top,
  );
  const ends = lines.map(({ points: of }) => up.at(of.at(-1)?.[1] ?? NaN));
  const labels = spread(ends, LABEL_HEIGHT);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`,
    '  font-family="DejaVu Sans, Verdana, sans-serif" font-size="13" fill="#222">',
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="6" fill="#fff"/>`,
    text(AREA.left, 30, title, 'font-size="16" font-weight="bold"'),
    text((AREA.left + AREA.right) / 2, HEIGHT - 14, x, 'text-anchor="middle"'),
    text(-(AREA.top + AREA.bottom) / 2, 20, y, 'text-anchor="middle" transform="rotate(-90)"'),
    ...across.ticks.flatMap((tick) => [
      segment(across.at(tick), AREA.top, across.at(tick), AREA.bottom),
      text(across.at(tick), AREA.bottom + 20, tick.toLocaleString('en'), 'text-anchor="middle"'),
    ]),
    ...up.ticks.flatMap((tick) => [
      segment(AREA.left, up.at(tick), AREA.right, up.at(tick)),
      text(AREA.left - 8, up.at(tick) + 4, tick.toLocaleString('en'), 'text-anchor="end"'),
    ]),
    ...lines.flatMap((line, at) => drawn(line, across.at, up.at, labels[at] ?? NaN)),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * @param {Line} line @param {(x: number) => number} across @param {(y: number) => number} up @param {number} label
 */
function drawn({ name, colour, dashed = false, points }, across, up, label) {
  const stroke = COLOURS[colour % COLOURS.length] ?? '#000';
  const places = points.map(([x, y]) => [fixed(across(x)), fixed(up(y))]);
  const end = places.at(-1) ?? [];
  return [
    `<polyline fill="none" stroke="${stroke}" stroke-width="2"${dashed ? ' stroke-dasharray="6 4"' : ''} points="`,
    ...places.map(([x, y]) => `  ${x},${y}`),
    '"/>',
    ...places.map(
      ([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${dashed ? '#fff' : stroke}" stroke="${stroke}"/>`,
    ),
    `<path fill="none" stroke="${stroke}" opacity="0.4" d="M${end.join(',')} L${AREA.right + 24},${fixed(label)}"/>`,
    text(AREA.right + 30, label + 4, name, `fill="${stroke}"`),
  ];
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
const segment = (x1, y1, x2, y2) => `<path stroke="#ddd" d="M${fixed(x1)},${fixed(y1)} L${fixed(x2)},${fixed(y2)}"/>`;

/** @param {number} x @param {number} y @param {string} words @param {string} attributes */
const text = (x, y, words, attributes) =>
  `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escaped(words)}</text>`;

/** @param {number} value */
const fixed = (value) => Number(value.toFixed(1));

/** @param {string} words */
const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
