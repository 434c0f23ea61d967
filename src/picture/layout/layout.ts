import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Container, Link, Scene, Thing } from '../scene/scene.ts';
import { placed } from '../elk.ts';
import { BAR, BELOW_CARD, elkGraph } from './elk-graph.ts';
import { inFileOrder } from './file-order.ts';
import { formOf, label, widthFor, type Form } from './form.ts';
import type { Box, Cable, Dot, Frame, Geometry, Label, Point, Rect } from './geometry.ts';

/** Around the whole picture. */
const MARGIN = 28;
const TITLE = 28;
const SUMMARY = 20;
/** Between the heading and what is drawn. */
const BELOW_HEADING = 18;
/** What a bar has below its last cable. */
const BAR_END = 10;
const NARROWEST = 420;

/** Returns the places of everything in a scene; the same scene has the same places. */
export async function layout(scene: Scene): Promise<Geometry> {
  const widths = widthsOf(scene.things);
  const forms = scene.things.map((thing) => formOf(thing, widths.get(widthKey(thing)) ?? 0));
  const names = new Map(scene.containers.map((container) => [container.id, frameLabels(container)]));
  const frameWidths = new Map([...names].map(([id, { width }]) => [id, width]));
  const graph = await placed(elkGraph(forms, scene.containers, scene.links, frameWidths));
  const top = MARGIN + TITLE + SUMMARY + BELOW_HEADING;
  const offset = { x: MARGIN, y: top };
  const { places, lines } = inFileOrder(forms, scene.links, {
    places: placesOf(graph, offset),
    lines: linesOf(graph, offset),
  });
  const heading = headingOf(scene);
  const ends = colouredPorts(scene.links);
  const boxes = forms.map((form) => boxOf(form, at(places, form.thing.id), ends));
  const frames = scene.containers.map((container) => frameOf(container, at(places, container.id), names));
  const cables = cablesOf(scene.links, lines);
  const right = Math.max(
    ...boxes.map(({ rect }) => rect.x + rect.width),
    ...frames.map(({ rect }) => rect.x + rect.width),
    ...heading.map(({ rect }) => rect.x + rect.width),
    NARROWEST - MARGIN,
  );
  const bottom = Math.max(
    top,
    ...boxes.map(({ rect }) => rect.y + rect.height),
    ...frames.map(({ rect }) => rect.y + rect.height),
    ...cables.flatMap(({ points }) => points.map(({ y }) => y)),
  );
  const { title, about, level, isLive } = scene;
  return {
    ...{ title, about, level, isLive, heading, frames, boxes, cables },
    width: Math.ceil(right + MARGIN),
    height: Math.ceil(bottom + MARGIN),
  };
}

/** Instances are as wide as the widest of them, and so are the NICs of a node. All else has its own width. */
function widthsOf(things: readonly Thing[]): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  for (const thing of things) {
    const key = widthKey(thing);
    widths.set(key, Math.max(widths.get(key) ?? 0, widthFor(thing)));
  }
  return widths;
}

function widthKey({ kind, container, id }: Thing): string {
  if (kind === 'instances') return `instance ${container ?? ''}`;
  return kind === 'instance' || kind === 'nic' ? `${kind} ${container ?? ''}` : id;
}

function headingOf({ title, about }: Scene): readonly Label[] {
  const most = 1200;
  return [
    label({ role: 'title', text: title, x: MARGIN, y: MARGIN, height: TITLE, most }),
    label({ role: 'summary', text: about, x: MARGIN, y: MARGIN + TITLE, height: SUMMARY, most }),
  ];
}

/** Returns the labels of a frame, from its corner, and the width they need. */
function frameLabels({ name, about, mark }: Container): { readonly labels: readonly Label[]; readonly width: number } {
  const own = label({ role: 'name', text: name, x: 40, y: 10, height: 20, most: 320 });
  const x = own.rect.x + own.rect.width + 10;
  const wrong = mark === undefined || mark.health === 'ok' ? undefined : mark.lines[0];
  const more = label({
    role: wrong === undefined ? 'about' : 'wrong',
    text: wrong ?? about,
    x,
    y: 10,
    height: 20,
    most: 300,
  });
  return { labels: [own, more], width: x + more.rect.width + 44 };
}

type Places = ReadonlyMap<string, Rect>;

/** Returns the rectangles of all nodes of a graph. */
function placesOf(node: ElkNode, offset: Point): Places {
  const places = new Map<string, Rect>();
  for (const child of node.children ?? []) {
    const rect = {
      x: round(offset.x + (child.x ?? 0)),
      y: round(offset.y + (child.y ?? 0)),
      width: round(child.width ?? 0),
      height: round(child.height ?? 0),
    };
    places.set(child.id, rect);
    for (const [id, inner] of placesOf(child, offset)) places.set(id, inner);
  }
  return places;
}

/** Half pixels at most: a picture is short, and the same on every processor. */
function round(number: number): number {
  return Math.round(number * 2) / 2;
}

function at(places: Places, id: string): Rect {
  const rect = places.get(id);
  if (rect === undefined) throw new Error(`elkjs placed no ${id}`);
  return rect;
}

function boxOf(form: Form, place: Rect, ends: ReadonlyMap<string, number | undefined>): Box {
  const { thing, labels, icon, sign, dots } = form;
  const { id, kind, name, mark, colour, container } = thing;
  const { rect, card, bar } = outlinesOf(form, place);
  return {
    ...{ id, kind, rect, name },
    ...(card && { card, bar }),
    ...(colour !== undefined && { colour }),
    icon: moved(icon, rect),
    ...(sign && mark && { sign: { ...moved(sign, rect), health: mark.health } }),
    labels: labels.map((each) => ({ ...each, rect: moved(each.rect, rect) })),
    dots: dots
      .filter(({ port }) => ends.has(port))
      .map((dot): Dot => coloured({ ...moved(dot, rect), port: dot.port }, ends)),
    details: [...(mark?.lines ?? []), ...thing.details],
    ...(container !== undefined && { frame: container }),
  };
}

/** Returns the outlines of a thing. Of a network elkjs places the bar; the card is above it, and touches it. */
function outlinesOf({ card, width }: Form, place: Rect): Pick<Box, 'rect' | 'card' | 'bar'> {
  if (!card) return { rect: place };
  const x = place.x + BAR / 2 - width / 2;
  const y = place.y - BELOW_CARD - card.height;
  const bottom = place.y + place.height + BAR_END;
  return {
    rect: { x, y, width, height: bottom - y },
    card: { ...card, x, y },
    bar: { x: place.x, y: y + card.height, width: BAR, height: bottom - y - card.height },
  };
}

function coloured(dot: Dot, ends: ReadonlyMap<string, number | undefined>): Dot {
  const colour = ends.get(dot.port);
  return { ...dot, ...(colour !== undefined && { colour }) };
}

function frameOf(
  { id, name, about, mark }: Container,
  rect: Rect,
  names: ReadonlyMap<string, { readonly labels: readonly Label[] }>,
): Frame {
  return {
    ...{ id, rect, name },
    icon: moved({ x: 16, y: 12 }, rect),
    ...(mark && { sign: { x: rect.x + rect.width - 32, y: rect.y + 12, health: mark.health } }),
    labels: (names.get(id)?.labels ?? []).map((each) => ({ ...each, rect: moved(each.rect, rect) })),
    details: [...(mark?.lines ?? []), about],
  };
}

function moved<T extends Point>(part: T, { x, y }: Point): T {
  return { ...part, x: part.x + x, y: part.y + y };
}

/** Returns the ports at which cables end, with the colours of those. */
function colouredPorts(links: readonly Link[]): ReadonlyMap<string, number | undefined> {
  return new Map(
    links.flatMap(({ from, to, colour }) =>
      [from, to].flatMap(({ port }) => (port === undefined ? [] : [[port, colour] as const])),
    ),
  );
}

/** Returns the points of the edges of a graph, in their order. */
function linesOf(graph: ElkNode, offset: Point): readonly (readonly Point[])[] {
  return (graph.edges ?? []).map(({ sections = [] }) => {
    const [section] = sections;
    if (!section) return [];
    return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
      x: round(x + offset.x),
      y: round(y + offset.y),
    }));
  });
}

function cablesOf(links: readonly Link[], lines: readonly (readonly Point[])[]): readonly Cable[] {
  return links.flatMap(({ from, to, colour }, index): readonly Cable[] => {
    const points = lines[index] ?? [];
    if (points.length === 0) return [];
    const ends = { from: from.thing, to: to.thing, ...(colour !== undefined && { colour }) };
    return [{ ...ends, points: straightened(levelled(points)) }];
  });
}

/** Makes lines level that elkjs's rounding left a pixel off. The last point stays: it is at a port. */
function levelled(points: readonly Point[]): readonly Point[] {
  return points.reduceRight<readonly Point[]>((after, point) => {
    const next = after[0];
    const isOff = next !== undefined && point.y !== next.y && Math.abs(point.y - next.y) <= 1;
    return [isOff ? { ...point, y: next.y } : point, ...after];
  }, []);
}

/** Leaves out points on a straight line. */
function straightened(points: readonly Point[]): readonly Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined || after === undefined) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}
