import { readHeldFiles } from '../features/held/read.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { HeldPort } from '../model/held.ts';
import type { Observed, Resource } from '../model/resource.ts';
import { existingObjects } from './existing.ts';

/**
 * Returns a warning for each derived address or MAC that the nodes hold and that a way back gives up: their files of
 * derived values list a port with another one than those of the state before. A port that comes or goes is not
 * renumbered, nor is one whose address a file gave: neither is derived.
 * @param back what the nodes that were read have afterwards
 * @param run the run before which they had it
 */
export function renumberedBack(
  topology: string,
  now: readonly Observed[],
  back: readonly Resource[],
  run: number,
): readonly Diagnostic[] {
  const from = heldIn(topology, now);
  const to = heldIn(
    topology,
    back.map((resource) => ({ ...resource, owner: 'ours' })),
  );
  const path = (id: string): string => (from.paths.get(id) ?? to.paths.get(id))?.join('.') ?? `port ${id}`;
  return [...from.ports].flatMap(([id, held]) => {
    const before = to.ports.get(id);
    if (before === undefined) return [];
    return [
      ...changed(held.addresses, before.addresses),
      ...changed(held.mac === undefined ? [] : [held.mac], before.mac === undefined ? [] : [before.mac]),
    ].map((change): Diagnostic => ({
      code: 'NLP50',
      severity: 'warning',
      summary: `${path(id)}: ${change}, because it had that before run ${String(run)}`,
    }));
  });
}

/** Returns `FROM → TO` for values that are replaced; nothing if either side has none. */
function changed(from: readonly string[], to: readonly string[]): readonly string[] {
  const lost = from.filter((value) => !to.includes(value));
  const gained = to.filter((value) => !from.includes(value));
  return lost.length === 0 || gained.length === 0 ? [] : [`${lost.join(', ')} → ${gained.join(', ')}`];
}

/** What the files of derived values list, on whichever node. */
function heldIn(
  topology: string,
  objects: readonly Observed[],
): { readonly ports: ReadonlyMap<string, HeldPort>; readonly paths: ReadonlyMap<string, readonly string[]> } {
  const files = [...readHeldFiles(topology, existingObjects(objects)).files.values()];
  return {
    ports: new Map(files.flatMap(({ ports }) => [...ports])),
    paths: new Map(files.flatMap(({ entries }) => entries.map(({ id, path }) => [id, path] as const))),
  };
}
