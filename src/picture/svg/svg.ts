import { count } from '../../render/columns.ts';
import type { Health } from '../../render/show/services.ts';
import type { Box, Cable, Frame, Geometry, Label, Point, Rect } from '../layout/geometry.ts';
import { FONTS } from '../text/roles.ts';
import { escape } from './escape.ts';
import { ICONS, PLATES, SIGNS } from './icons.ts';
import { colourIndex } from './palette.ts';
import { styleSheet } from './style.ts';

/** The radius of a cable's bends. */
const BEND = 8;

/**
 * Returns a picture as SVG, without a browser: readable on light and dark backgrounds, with a title and a description
 * for screen readers. All values are escaped. It refers to nothing outside.
 */
export function renderSvg(geometry: Geometry): string {
  return `${svgOf(geometry)}\n`;
}

/** For a page: its things can be focused, and the page has the style sheet, heading and background. */
interface SvgOptions {
  readonly isInteractive?: boolean;
}

/** Returns the element of a picture. */
export function svgOf(geometry: Geometry, { isInteractive = false }: SvgOptions = {}): string {
  const { width, height, title, level } = geometry;
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  const role = isInteractive ? 'group' : 'img';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="netloom" ${size} role="${role}" aria-labelledby="netloom-title netloom-desc">`,
    `<title id="netloom-title">${escape(title)}: ${level}</title>`,
    `<desc id="netloom-desc">${escape(description(geometry))}</desc>`,
    ...(isInteractive ? [] : [`<style>\n${styleSheet()}\n</style>`]),
    ...drawing(geometry, isInteractive),
    '</svg>',
  ].join('\n');
}

/** Returns what is in the picture, as elements of an SVG. */
function drawing(
  { width, height, heading, frames, cables, boxes }: Geometry,
  isInteractive: boolean,
): readonly string[] {
  const ground = `<rect class="ground" width="${number(width)}" height="${number(height)}" rx="12"/>`;
  return [
    ...(isInteractive ? [] : [ground, ...heading.map(text)]),
    ...frames.map((each) => frame(each, isInteractive)),
    ...cables.map(cable),
    ...boxes.map((each) => box(each, isInteractive)),
  ];
}

/** Returns the picture in a sentence or two. */
function description({ about, boxes, isLive }: Geometry): string {
  const networks = boxes.filter(({ kind }) => kind === 'network').map(({ name }) => name);
  const unwell = boxes.filter(({ sign }) => sign && sign.health !== 'ok');
  const health =
    unwell.length === 0 ? 'Everything is as in the file.' : `Not well: ${unwell.map(({ name }) => name).join(', ')}.`;
  const names = networks.length === 0 ? '' : ` ${count(networks.length, 'network')}: ${networks.join(', ')}.`;
  return `${about}.${names}${isLive ? ` ${health}` : ''}`;
}

function frame({ rect, icon, sign: own, labels, name, details }: Frame, isInteractive: boolean): string {
  return group({ kind: 'node', health: own?.health, name, details, isInteractive }, [
    rectOf('frame', rect, 12),
    iconOf('node', icon),
    ...labels.map(text),
    ...(own ? [signAt(own)] : []),
  ]);
}

function box(thing: Box, isInteractive: boolean): string {
  const { kind, rect, card, bar, colour, icon, sign: own, labels, dots, name, details, id } = thing;
  const fill = colour === undefined ? '' : ` f${String(colourIndex(colour))}`;
  const outline =
    card && bar ? [rectOf(`bar${fill}`, bar, 3), rectOf(`card${fill}`, card, 8)] : [rectOf('box', rect, 8)];
  const parts = [
    ...outline,
    iconOf(kind, icon, card !== undefined),
    ...labels.map(text),
    ...dots.map(
      (dot) => `<circle class="dot${strokeOf(dot.colour)}" cx="${number(dot.x)}" cy="${number(dot.y)}" r="4"/>`,
    ),
    ...(own ? [signAt(own)] : []),
  ];
  return group({ kind, health: own?.health, name, details, id, isInteractive }, parts);
}

/** What a group tells of its thing. */
interface Told {
  readonly kind: string;
  readonly health: Health | undefined;
  readonly name: string;
  readonly details: readonly string[];
  readonly id?: string;
  readonly isInteractive: boolean;
}

/** Returns a group with a name and details for screen readers and for the page. */
function group({ kind, health, name, details, id, isInteractive }: Told, parts: readonly string[]): string {
  const unwell = health === undefined || health === 'ok' ? '' : ' unwell';
  const data = id === undefined ? '' : ` data-id="${escape(id)}"`;
  const words = `${kind} ${name}${health === undefined ? '' : `, ${WORDS_OF_HEALTH[health]}`}`;
  const focus = isInteractive ? ` tabindex="0" role="button" aria-label="${escape(words)}"` : '';
  return [
    `<g class="thing ${kind}${health === undefined ? '' : ` ${health}`}${unwell}"${data}${focus}>`,
    `<title>${escape([name, ...details].join('\n'))}</title>`,
    ...parts,
    '</g>',
  ].join('\n');
}

/** What the signs of health mean. */
export const WORDS_OF_HEALTH: Readonly<Record<Health, string>> = {
  ok: 'as in the file',
  degraded: 'differs from the file',
  missing: 'missing',
  foreign: 'in conflict with something foreign',
  unknown: 'not read',
};

function iconOf(kind: keyof typeof ICONS, { x, y }: Point, isOnColour = false): string {
  const at = `transform="translate(${number(x)} ${number(y)})"`;
  return `<path class="icon${isOnColour ? ' card-icon' : ''}" ${at} d="${ICONS[kind]}"/>`;
}

/** Returns the sign of a health, in a square of 16 by 16. */
export function sign(health: Health): string {
  return `<path class="sign" d="${PLATES[health]}"/><path class="mark" d="${SIGNS[health]}"/>`;
}

function signAt({ x, y, health }: Point & { readonly health: Health }): string {
  return `<g class="${health}" transform="translate(${number(x)} ${number(y)})">${sign(health)}</g>`;
}

/** Where a text is anchored, of the width of its rectangle. */
const ANCHORS = { start: 0, middle: 0.5, end: 1 } as const;

/** A text stands on its baseline, a third of its size below the middle of its rectangle. */
function text({ text: content, role, rect, anchor, chip }: Label): string {
  const x = rect.x + rect.width * ANCHORS[anchor];
  const y = rect.y + rect.height / 2 + FONTS[role].size * 0.35;
  const end = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const own = `<text class="${role}" x="${number(x)}" y="${number(y)}"${end}>${escape(content)}</text>`;
  if (chip === undefined) return own;
  const plate = { ...rect, y: rect.y + 2, height: rect.height - 4 };
  return `${rectOf(`f${String(colourIndex(chip))}`, plate, plate.height / 2)}${own}`;
}

function cable({ points, colour, from, to }: Cable): string {
  const ends = `data-from="${escape(from)}" data-to="${escape(to)}"`;
  return `<path class="cable${strokeOf(colour)}" d="${lineOf(points)}" ${ends}/>`;
}

function strokeOf(colour: number | undefined): string {
  return colour === undefined ? '' : ` s${String(colourIndex(colour))}`;
}

/** Returns a line with round bends. */
function lineOf(points: readonly Point[]): string {
  return points
    .map((point, i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (before === undefined) return `M${pair(point)}`;
      if (after === undefined) return `L${pair(point)}`;
      const radius = Math.min(BEND, distance(before, point) / 2, distance(point, after) / 2);
      return `L${pair(towards(point, before, radius))}Q${pair(point)} ${pair(towards(point, after, radius))}`;
    })
    .join('');
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** Returns the point on the way from one to another, so far from the first. */
function towards(from: Point, to: Point, far: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * far, y: from.y + Math.sign(to.y - from.y) * far };
}

function rectOf(classes: string, { x, y, width, height }: Rect, radius: number): string {
  const size = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
  return `<rect class="${classes}" ${size} rx="${number(radius)}"/>`;
}

function pair({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

/** Two decimals are enough, and the same on every machine. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
