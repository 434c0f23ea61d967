import { addressOn } from '../kinds/address/spec.ts';
import type { Observed, Resource } from '../model/resource.ts';

/** Describes an address of a device that gives way to another one: `203.0.113.20 → 203.0.113.21`. */
export function movedAddress(
  deleted: readonly Observed[],
  created: readonly Resource[],
  device?: string,
): string | undefined {
  const [before, after] = [deleted, created].map((objects) => addressesIn(objects, device).join(', '));
  return before === '' || after === '' || before === after ? undefined : `${before ?? ''} → ${after ?? ''}`;
}

function addressesIn(objects: readonly Pick<Resource, 'kind' | 'spec'>[], device: string | undefined): string[] {
  return objects.flatMap((object) => {
    const found = addressOn(object);
    if (found === undefined || (device !== undefined && found.device !== device)) return [];
    return found.cidr.split('/').slice(0, 1);
  });
}
