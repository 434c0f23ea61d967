import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { deletedWithContainer } from './containment.ts';
import { ObjectIndex } from './objects.ts';

/** What a topology sets on a node and destroy does not take back. */
export interface Leftover {
  readonly address: Address;
  readonly what: string;
}

/**
 * What stays after a destroy, as it was `observed` then: the sysctls of the nodes themselves, and the state and MTU of the NICs that were borrowed.
 * They were there before, others may rely on them by now, and what they were before is known to nobody. A sysctl of a
 * device of ours goes with the device.
 */
export function leftovers(graph: DesiredGraph, observed: readonly Observed[]): readonly Leftover[] {
  const wanted = [...graph.resources.values()];
  const staying = wanted.filter(({ kind }) => kindOf(kind).remains !== undefined);
  const goes = new Map<Resource, Address>();
  for (const resource of wanted) if (!kindOf(resource.kind).remains) goes.set(resource, addressOf(resource));
  const carried = deletedWithContainer(staying, new ObjectIndex(wanted), goes);
  const standing = new ObjectIndex(observed);
  return staying.flatMap((resource) => {
    const seen = carried.has(resource) ? undefined : standing.find(resource);
    const what = seen && kindOf(resource.kind).remains?.(resource.spec, seen.spec);
    return what === undefined ? [] : [{ address: addressOf(resource), what }];
  });
}
