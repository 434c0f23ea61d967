import { addressOf, type Address, type RefTo, type Resource } from './resource.ts';
import type { Segments } from './segments.ts';
import type { Subject } from './subject.ts';

/**
 * The desired state: all resources by address, in the order in which the features contributed them. Built by `compile/`
 * alone.
 */
export interface DesiredGraph {
  readonly topology: string;
  /**
   * Nodes that are read and changed, in the order of the file. A node with `state: absent` is listed without resources.
   */
  readonly nodes: readonly string[];
  readonly resources: ReadonlyMap<Address, Resource>;
  /**
   * All objects that the file names, also where they are not desired (`destroy`): objects that lost their mark are
   * recognised by them.
   */
  readonly known: ReadonlyMap<Address, Resource>;
  /** The topology's own objects, in the order of plans: those that the objects of `known` come from. */
  readonly subjects: readonly Subject[];
  /** Absent: nothing is desired. */
  readonly segments?: Segments;
  /** Foreign objects in namespaces of ours that disturb traffic are deleted (`--heal-foreign`), not only reported. */
  readonly healForeign?: true;
  /** What the nodes are to match, in words; absent: the file. */
  readonly aim?: string;
  /** Of the way back to a recorded state: objects that a run created since. They are ours even without a mark. */
  readonly created?: ReadonlySet<Address>;
  /** Objects that no change touches: they did not work when the state was recorded, and cannot be restored. */
  readonly leftAlone?: ReadonlySet<Address>;
}

/** Returns a graph of these resources. Throws if two have one address, which is a mistake of a feature. */
export function desiredGraph(
  topology: string,
  nodes: readonly string[],
  resources: Iterable<Resource>,
  { known, subjects = [] }: Partial<Pick<DesiredGraph, 'known' | 'subjects'>> = {},
): DesiredGraph {
  const byAddress = new Map<Address, Resource>();
  for (const resource of resources) {
    const address = addressOf(resource);
    const rival = byAddress.get(address);
    if (rival) throw new Error(`two resources at ${address}: ${rival.origin.path} and ${resource.origin.path}`);
    byAddress.set(address, resource);
  }
  return { topology, nodes, resources: byAddress, known: known ?? byAddress, subjects };
}

/** Returns the desired resource at a reference. */
export function desiredAt<Spec>({ resources }: DesiredGraph, ref: RefTo<Spec>): Resource<Spec> | undefined {
  return resources.get(addressOf(ref)) as Resource<Spec> | undefined;
}
