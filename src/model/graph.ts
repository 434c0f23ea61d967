import { addressOf, type Address, type RefTo, type Resource } from './resource.ts';

/** Everything that should be, by address, in the order the features named it. Built by `compile/` alone. */
export interface DesiredGraph {
  readonly topology: string;
  /** Nodes that are read and changed, in the order of the file; one with `state: absent` is here with nothing on it. */
  readonly nodes: readonly string[];
  readonly resources: ReadonlyMap<Address, Resource>;
  /** All the file speaks of, also where nothing of it is wanted any more: what lost its mark is recognised by it. */
  readonly known: ReadonlySet<Address>;
}

/** A graph of these resources. Two with one address are a mistake of a feature, and thrown. */
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

/** The object that is wanted at a reference. */
export function desiredAt<Spec>({ resources }: DesiredGraph, ref: RefTo<Spec>): Resource<Spec> | undefined {
  return resources.get(addressOf(ref)) as Resource<Spec> | undefined;
}
