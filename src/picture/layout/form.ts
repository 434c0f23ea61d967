import { clean } from '../../render/clean.ts';
import type { Cell, Thing } from '../scene/scene.ts';
import { fitWidth, widthOf } from '../text/measure.ts';
import { FONTS, type TextRole } from '../text/roles.ts';
import type { Dot, Label, Point, Rect } from './geometry.ts';

/** A thing with its size; its parts are placed from its own upper left corner. */
export interface Form {
  readonly thing: Thing;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly Label[];
  readonly icon: Point;
  readonly sign?: Point;
  readonly dots: readonly Dot[];
  /** Of a network: the card; the bar begins below it. */
  readonly card?: Rect;
}

const MARGIN = 12;
const ICON = 16;
const GAP = 8;
const NAME = 20;
const ABOUT = 15;
const ROW = 22;
const CHIP_PADDING = 6;
/** Between what is on the west and on the east of a row. */
const BETWEEN = 18;
const NARROWEST = 132;
const WIDEST = 380;
/** What is wrong widens a thing up to this. */
const WIDEST_WRONG = 230;

/** Returns the width that a thing needs, at most `WIDEST`. */
export function widthFor(thing: Thing): number {
  const sign = thing.mark ? ICON + GAP : 0;
  const name = ICON + GAP + widthOf(clean(thing.name), FONTS.name) + sign;
  const about = thing.about.map((line) => widthOf(clean(line), FONTS[aboutRole(thing)]));
  const wrong = drawnLines(thing).map((line) => Math.min(WIDEST_WRONG, widthOf(clean(line), FONTS.wrong)));
  const cells = rowsOf(thing).map(([west, east]) => cellWidth(west) + cellWidth(east) + (west && east ? BETWEEN : 0));
  const widest = Math.max(NARROWEST - 2 * MARGIN, name, ...about, ...wrong, ...cells);
  return Math.min(WIDEST, widest + 2 * MARGIN);
}

/** Returns the size of a thing and the places of its parts, with at least the width that it needs. */
export function formOf(thing: Thing, width: number): Form {
  const inner = width - 2 * MARGIN;
  const labels: Label[] = [];
  const add = (role: TextRole, text: string, y: number, height: number, indent = 0, less = 0): void => {
    labels.push(label({ role, text, x: MARGIN + indent, y, height, most: inner - indent - less }));
  };
  const isNetwork = thing.kind === 'network' || thing.kind === 'physical-network';
  const sign = thing.mark ? { x: width - MARGIN - ICON, y: 10 } : undefined;
  let y = 8;
  add(isNetwork ? 'card-name' : 'name', thing.name, y, NAME, ICON + GAP, sign ? ICON + GAP : 0);
  y += NAME;
  for (const line of thing.about) {
    add(aboutRole(thing), line, y, ABOUT);
    y += ABOUT;
  }
  for (const line of drawnLines(thing)) {
    add(isNetwork ? 'card-wrong' : 'wrong', line, y, ABOUT);
    y += ABOUT;
  }
  y += 6;
  const dots: Dot[] = [];
  const rows = rowsOf(thing);
  for (const [west, east] of rows) {
    const eastWidth = cellWidth(east);
    if (west) labels.push(...cellLabels(west, { x: MARGIN, y, most: inner - eastWidth - (east ? BETWEEN : 0) }));
    if (east) labels.push(...cellLabels(east, { x: width - MARGIN, y, most: inner, isEast: true }));
    for (const [cell, x] of [
      [west, 0],
      [east, width],
    ] as const) {
      if (cell?.port !== undefined) dots.push({ x, y: y + ROW / 2, port: cell.port });
    }
    y += ROW;
  }
  const height = y + (rows.length > 0 ? 5 : 2);
  const base = { thing, width, height, labels, icon: { x: MARGIN, y: 10 }, dots, ...(sign && { sign }) };
  return isNetwork ? { ...base, card: { x: 0, y: 0, width, height } } : base;
}

function aboutRole({ kind }: Thing): TextRole {
  return kind === 'network' || kind === 'physical-network' ? 'card-about' : 'about';
}

/** The most lines of what is wrong that are drawn; all are in the details. */
const WRONG = 2;

function drawnLines({ mark }: Thing): readonly string[] {
  return mark === undefined || mark.health === 'ok' ? [] : mark.lines.slice(0, WRONG);
}

function rowsOf({ west, east }: Thing): readonly (readonly [Cell | undefined, Cell | undefined])[] {
  return Array.from(
    { length: Math.max(west.length, east.length) },
    (_, i) => [shown(west[i]), shown(east[i])] as const,
  );
}

function shown(cell: Cell | undefined): Cell | undefined {
  return cell === undefined || (cell.text === '' && cell.port === undefined) ? undefined : cell;
}

function cellWidth(cell: Cell | undefined): number {
  if (cell === undefined) return 0;
  if (cell.chip === undefined) return widthOf(clean(cell.text), FONTS.value);
  return widthOf(clean(cell.text), FONTS.chip) + 2 * CHIP_PADDING;
}

function cellLabels(
  { text, chip }: Cell,
  {
    x,
    y,
    most,
    isEast = false,
  }: { readonly x: number; readonly y: number; readonly most: number; readonly isEast?: boolean },
): readonly Label[] {
  if (text === '') return [];
  const role = chip === undefined ? 'value' : 'chip';
  const padding = chip === undefined ? 0 : CHIP_PADDING;
  const made = label({ role, text, x, y, height: ROW, most: most - 2 * padding });
  const width = made.rect.width + 2 * padding;
  const rect = { ...made.rect, x: isEast ? x - width : x, width };
  return [
    {
      ...made,
      rect,
      anchor: chip !== undefined ? 'middle' : isEast ? 'end' : 'start',
      ...(chip !== undefined && { chip }),
    },
  ];
}

/** Returns a text in the middle of a line of some height, shortened to a width. */
export function label({
  role,
  text,
  x,
  y,
  height,
  most,
}: {
  readonly role: TextRole;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly most: number;
}): Label {
  const font = FONTS[role];
  const fitted = fitWidth(clean(text), font, most);
  return { text: fitted, role, anchor: 'start', rect: { x, y, width: widthOf(fitted, font), height } };
}
