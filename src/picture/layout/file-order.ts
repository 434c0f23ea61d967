import type { Link } from '../scene/scene.ts';
import type { Form } from './form.ts';
import type { Point, Rect } from './geometry.ts';

/** Where elkjs placed things (by id), and the lines of links (by index). */
export interface Placed {
  readonly places: ReadonlyMap<string, Rect>;
  readonly lines: readonly (readonly Point[])[];
}

/**
 * Returns the places with those of things that differ in nothing but their texts exchanged, so that they are in the
 * order of the file from top to bottom. elkjs can keep that order itself, but needs the cube of their number for it:
 * 2 s for 190 instances of a network, and more than 5 min for 1,000 (measured).
 */
export function inFileOrder(forms: readonly Form[], links: readonly Link[], { places, lines }: Placed): Placed {
  const linksOf = new Map<string, number[]>();
  for (const [index, { to }] of links.entries()) {
    const known = linksOf.get(to.thing);
    if (known) known.push(index);
    else linksOf.set(to.thing, [index]);
  }
  const alike = new Map<string, string[]>();
  const sources = new Set(links.map(({ from }) => from.thing));
  for (const { thing, width, height, dots, card } of forms) {
    // Only what nothing else is behind can be exchanged.
    if (card || sources.has(thing.id)) continue;
    const from = (linksOf.get(thing.id) ?? []).map((index) => links[index]?.from);
    const x = places.get(thing.id)?.x;
    const rows = dots.map((dot) => dot.y);
    const key = JSON.stringify([thing.kind, thing.container, width, height, rows, x, from.map((end) => end?.thing)]);
    // The ports of a bridge have places of their own.
    if (from.some((end) => end?.port !== undefined)) continue;
    const known = alike.get(key);
    if (known) known.push(thing.id);
    else alike.set(key, [thing.id]);
  }
  const moved = new Map(places);
  const redrawn = [...lines];
  for (const ids of alike.values()) {
    const byPlace = [...ids].sort((a, b) => (places.get(a)?.y ?? 0) - (places.get(b)?.y ?? 0));
    for (const [index, id] of ids.entries()) {
      const before = byPlace[index] ?? id;
      const rect = places.get(before);
      if (rect) moved.set(id, rect);
      const theirs = linksOf.get(before) ?? [];
      for (const [i, link] of (linksOf.get(id) ?? []).entries()) redrawn[link] = lines[theirs[i] ?? link] ?? [];
    }
  }
  return { places: moved, lines: redrawn };
}
