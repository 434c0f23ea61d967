import { addressOf, type Address, type RefTo, type Resource } from './resource.ts';
import type { Segments } from './segments.ts';

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
   * All addresses the file names, also those that are not desired (`state: absent`): objects that lost their mark are
   * recognised by them.
   */
  readonly known: ReadonlySet<Address>;
  /** Absent: nothing is desired. */
  readonly segments?: Segments;
  /** Foreign objects in namespaces of ours that disturb traffic are deleted (`--heal-foreign`), not only reported. */
  readonly healForeign?: true;
}

/** Returns a graph of these resources. Throws if two have one address, which is a mistake of a feature. */
export function desiredGraph(
  topology: string,
  nodes: readonly string[],
  resources: Iterable<Resource>,
  known?: Iterable<Address>,
): DesiredGraph {
  const byAddress = new Map<Address, Resource>();
  for (const resource of resources) {
    const address = addressOf(resource);
    const rival = byAddress.get(address);
    if (rival) throw new Error(`two resources at ${address}: ${rival.origin.path} and ${resource.origin.path}`);
    byAddress.set(address, resource);
  }
  return { topology, nodes, resources: byAddress, known: new Set(known ?? byAddress.keys()) };
}

/** Returns the desired resource at a reference. */
export function desiredAt<Spec>({ resources }: DesiredGraph, ref: RefTo<Spec>): Resource<Spec> | undefined {
  return resources.get(addressOf(ref)) as Resource<Spec> | undefined;
}
