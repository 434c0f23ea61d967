import { kindWord, type Resource } from '../../../src/model/resource.ts';
import { compileText, textOf } from '../support/topology.ts';
import type { Damage } from './damage.ts';
import { CHANGES } from './changes.ts';
import { chainRows } from './chains.ts';
import { damagedTopology } from './topology.ts';

/** How many objects of a kind are damaged, in each namespace. */
const PER_PLACE = 1;
/** Kinds of which each object is another thing to the kernel. */
const ALL = new Set(['sysctl']);

/**
 * Returns damages that follow from the desired graph: an object of each kind in every namespace, and each of its
 * fields, is deleted or changed. One apply heals each.
 */
export function desired(): readonly Damage[] {
  const { graph } = compileText(textOf(damagedTopology()), 'damages.yaml');
  const resources = [...graph.resources.values()];
  const taken = new Map<string, number>();
  const rows = resources.flatMap((resource) => {
    const kind = kindWord(resource.kind);
    const place = `${kind} ${resource.node} ${placeOf(resource)}`;
    const count = (taken.get(place) ?? 0) + 1;
    taken.set(place, count);
    if (count > PER_PLACE && !ALL.has(kind)) return [];
    return Object.entries(CHANGES[kind]?.(resource) ?? {}).map(([what, damage]): Damage => ({
      what: `${kind} ${resource.node} ${shortNetns(resource)}${shortName(resource)}: ${what}`,
      node: resource.node as 'node1' | 'node2',
      damage,
      verdict: 'healed',
    }));
  });
  // The kinds of Open vSwitch have tests of their own (test/contract); all others are the same over it.
  return [...rows, ...chainRows(resources)].map((row) => ({ ...row, only: 'linuxbridge' }));
}

/** Files and processes are told apart by the folder of their daemon. */
function placeOf({ netns, name }: Resource): string {
  return netns ?? name.split('/').slice(0, 5).join('/');
}

function shortName({ name }: Resource): string {
  return name.replace(/^\/run\/netloom\/\S*\//, '');
}

function shortNetns({ netns }: Resource): string {
  return netns === null ? '' : `${netns.replace(/-.*/, '')} `;
}
