import type { Box, Cable, Geometry, Point, Rect } from '../layout/geometry.ts';
import type { ThingKind } from '../scene/scene.ts';

/** Where packets leave and enter a router, and the thing that they are for. Ids and ports are those of the scene. */
export interface Stations {
  readonly router: string;
  /** The port of the router that packets from outside come in by. */
  readonly outer: string;
  /** The port of the router that they leave by. */
  readonly inner: string;
  readonly target: string;
  /** The port of the target; where several targets are drawn as one, it may not be drawn. */
  readonly port: string;
}

/** A way through a picture, from outside to the target. */
export interface PictureRoute {
  /** Its lines, in order: they end at the boxes that it leads through, whose texts they do not cross. */
  readonly lines: readonly (readonly Point[])[];
  /** The things that it leads through, in order. */
  readonly stops: readonly { readonly id: string; readonly rect: Rect }[];
}

/** Frames go through these; everything else ends a way. */
const PASSED: ReadonlySet<ThingKind> = new Set<ThingKind>(['network', 'physical-network', 'nic', 'bridge']);

/** A cable, from the box before. */
interface Leg {
  readonly to: Box;
  readonly points: readonly Point[];
}

/** Returns the way along the cables; `undefined` if the target or the router is not drawn, or they are not joined. */
export function routeOf(
  geometry: Geometry,
  { router, outer, inner, target, port }: Stations,
): PictureRoute | undefined {
  const boxes = new Map(geometry.boxes.map((box) => [box.id, box]));
  const [start, end] = [boxes.get(router), boxes.get(target)];
  if (start === undefined || end === undefined) return undefined;
  const hasPort = end.dots.some((dot) => dot.port === port);
  const ends = ({ to, points }: Leg): boolean => to === end && (!hasPort || isAt(end, port, points.at(-1)));
  const inside = legsTo({ geometry, boxes, start, port: inner }, ends);
  if (inside === undefined) return undefined;
  const out = { geometry, boxes, start, port: outer };
  const outside =
    legsTo(out, ({ to }) => to.kind === 'host') ??
    legsTo(out, ({ to }) => to.kind === 'physical-network') ??
    legsTo(out, ({ to }) => to.kind === 'network') ??
    [];
  const arrival = outside.map(({ points }) => points.toReversed()).reverse();
  const before = outside.map(({ to }) => to).reverse();
  const passed = [...before, start, ...inside.map(({ to }) => to)];
  const lines = [...arrival, ...inside.map(({ points }) => points)];
  return {
    lines: joined(lines, passed),
    stops: passed.map((box) => ({ id: box.id, rect: box.card ?? box.rect })),
  };
}

interface Search {
  readonly geometry: Geometry;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly start: Box;
  /** The first cable is plugged in here. */
  readonly port: string;
}

/** Returns the fewest cables from a port to a box that passes the test. */
function legsTo({ geometry, boxes, start, port }: Search, isEnd: (leg: Leg) => boolean): readonly Leg[] | undefined {
  const first = legsFrom(start, geometry.cables, boxes).filter(({ points }) => isAt(start, port, points[0]));
  let paths: readonly (readonly Leg[])[] = first.map((leg) => [leg]);
  const seen = new Set([start.id]);
  while (paths.length > 0) {
    const further: (readonly Leg[])[] = [];
    for (const path of paths) {
      const last = path.at(-1);
      if (last === undefined) continue;
      if (isEnd(last)) return path;
      if (seen.has(last.to.id) || !PASSED.has(last.to.kind)) continue;
      seen.add(last.to.id);
      for (const leg of legsFrom(last.to, geometry.cables, boxes)) further.push([...path, leg]);
    }
    paths = further;
  }
  return undefined;
}

function legsFrom(box: Box, cables: readonly Cable[], boxes: ReadonlyMap<string, Box>): readonly Leg[] {
  return cables.flatMap(({ from, to, points }) => {
    const other = boxes.get(from === box.id ? to : from);
    if ((from !== box.id && to !== box.id) || other === undefined) return [];
    return [{ to: other, points: from === box.id ? points : points.toReversed() }];
  });
}

function isAt(box: Box, port: string, point: Point | undefined): boolean {
  const dot = box.dots.find((each) => each.port === port);
  return dot !== undefined && point !== undefined && Math.hypot(dot.x - point.x, dot.y - point.y) < 1;
}

/** Joins lines along the bars between them. `boxes`: that before each line, and that after the last. */
function joined(lines: readonly (readonly Point[])[], boxes: readonly Box[]): readonly (readonly Point[])[] {
  const found: (readonly Point[])[] = [];
  for (const [index, line] of lines.entries()) {
    const [before, bar, start] = [found.at(-1), boxes[index]?.bar, line[0]];
    const end = before?.at(-1);
    if (before === undefined || bar === undefined || end === undefined || start === undefined) found.push(line);
    else {
      const x = bar.x + bar.width / 2;
      found.splice(-1, 1, [...before, { x, y: end.y }, { x, y: start.y }, ...line]);
    }
  }
  return found;
}
