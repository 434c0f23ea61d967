import type { Box, Cable, Geometry, Label, Point, Rect } from '../../src/picture/layout/geometry.ts';

/** Returns what is wrong with the places of a picture: what overlaps, sticks out, or ends in the air. */
export function faultsOf({ width, height, heading, frames, boxes, cables }: Geometry): readonly string[] {
  const whole = { x: 0, y: 0, width, height };
  const top = boxes.filter(({ frame }) => frame === undefined);
  const siblings = [[...top, ...frames], ...frames.map(({ id }) => boxes.filter(({ frame }) => frame === id))];
  return [
    ...[...frames, ...boxes].filter(({ rect }) => !holds(whole, rect)).map(({ id }) => `${id} is not in the picture`),
    ...cables.filter(({ points }) => !points.every((point) => holds(whole, asRect(point)))).map(named('leaves it')),
    ...siblings
      .flatMap((group) => pairs(group).filter(([a, b]) => overlap(a.rect, b.rect)))
      .map(([a, b]) => `${a.id} overlaps ${b.id}`),
    ...frames.flatMap(({ id, rect }) =>
      boxes.filter((box) => box.frame === id && !holds(rect, box.rect)).map((box) => `${box.id} sticks out of ${id}`),
    ),
    ...labelFaults('the heading', whole, heading),
    ...frames.flatMap(({ id, rect, labels }) => [
      ...labelFaults(id, rect, labels),
      ...labels.flatMap((label) =>
        boxes.filter((box) => overlap(box.rect, label.rect)).map((box) => `${box.id} is on ${label.text}`),
      ),
    ]),
    ...boxes.flatMap((box) => labelFaults(box.id, box.card ?? box.rect, box.labels)),
    ...cables.flatMap((cable) => cableFaults(cable, boxes)),
  ];
}

function labelFaults(id: string, rect: Rect, labels: readonly Label[]): readonly string[] {
  return [
    ...labels.filter((label) => !holds(rect, label.rect)).map(({ text }) => `${text} sticks out of ${id}`),
    ...pairs(labels)
      .filter(([a, b]) => overlap(a.rect, b.rect))
      .map(([a, b]) => `${a.text} overlaps ${b.text} in ${id}`),
  ];
}

function cableFaults(cable: Cable, boxes: readonly Box[]): readonly string[] {
  const { from, to, points } = cable;
  const [first, last] = [points[0], points.at(-1)];
  const ends = [
    [from, first],
    [to, last],
  ] as const;
  const loose = ends.filter(([id, point]) => {
    const box = boxes.find((each) => each.id === id);
    return point === undefined || box === undefined || !isEnd(point, box);
  });
  const segments = points.slice(1).map((point, i) => segmentRect(points[i]!, point));
  const slanted = segments.filter((rect) => rect.width > 0 && rect.height > 0);
  const crossed = boxes.filter((box) =>
    segments.some((segment) =>
      [...(box.card ? [box.card] : [box.rect]), ...(box.bar ? [box.bar] : [])].some((rect) =>
        overlap(shrunk(rect), segment),
      ),
    ),
  );
  return [
    ...loose.map(([id]) => named(`does not end at ${id}`)(cable)),
    ...(slanted.length > 0 ? [named('is slanted')(cable)] : []),
    ...crossed.map(({ id }) => named(`crosses ${id}`)(cable)),
  ];
}

/** True at a dot of a box, and at the side of a bar. */
function isEnd(point: Point, { bar, dots }: Box): boolean {
  if (!bar) return dots.some((dot) => Math.abs(dot.x - point.x) <= 1 && Math.abs(dot.y - point.y) <= 1);
  const isAtSide = Math.abs(point.x - bar.x) <= 1 || Math.abs(point.x - bar.x - bar.width) <= 1;
  return isAtSide && point.y > bar.y && point.y < bar.y + bar.height;
}

function named(what: string): (cable: Cable) => string {
  return ({ from, to }) => `the cable from ${from} to ${to} ${what}`;
}

function asRect({ x, y }: Point): Rect {
  return { x, y, width: 0, height: 0 };
}

function segmentRect(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function shrunk({ x, y, width, height }: Rect): Rect {
  return { x: x + 1, y: y + 1, width: width - 2, height: height - 2 };
}

function holds(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));
}
