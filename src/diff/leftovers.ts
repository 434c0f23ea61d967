import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import { deletedWithContainer } from './containment.ts';
import { ObjectIndex } from './objects.ts';

/** A setting of a topology on a node that destroy does not revert. */
export interface Leftover {
  readonly address: Address;
  readonly what: string;
}

/**
 * Returns what stays after a destroy, with the values `observed` then: the sysctls of the nodes themselves, and the
 * state and MTU of the borrowed NICs. They existed before, others may rely on them by now, and their earlier values are
 * not recorded. A sysctl of a device of ours is deleted with the device.
 */
export function leftovers(graph: DesiredGraph, observed: readonly Observed[]): readonly Leftover[] {
  const desired = [...graph.resources.values()];
  const staying = desired.filter(({ kind }) => kindOf(kind).remains !== undefined);
  const deleted = new Map<Resource, Address>();
  for (const resource of desired) if (!kindOf(resource.kind).remains) deleted.set(resource, addressOf(resource));
  const contained = deletedWithContainer(staying, new ObjectIndex(desired), deleted);
  const observedIndex = new ObjectIndex(observed);
  return staying.flatMap((resource) => {
    const seen = contained.has(resource) ? undefined : observedIndex.find(resource);
    const what = seen && kindOf(resource.kind).remains?.(resource.spec, seen.spec);
    return what === undefined ? [] : [{ address: addressOf(resource), what }];
  });
}
