import { kindOf } from '../kinds/registry.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import { restoredSpec } from './recorded.ts';

/** An object that is not as it was. */
export interface Since {
  readonly address: Address;
  /** A predicate: `is missing`, `is new`, `differs in mtu`. */
  readonly how: string;
}

/**
 * Returns the objects that are not as they were, in order of address. What changes by itself is not compared: a kind
 * compares no lifetimes, leases and numbers of devices (`fields.ts` of each kind). Nor is what was wrong with an object
 * and is repaired (`Kind.restored`). Pure.
 */
export function changedSince(before: readonly Observed[], now: readonly Observed[]): readonly Since[] {
  const [old, present] = [byAddress(before), byAddress(now)];
  const addresses = [...new Set([...old.keys(), ...present.keys()])].sort();
  return addresses.flatMap((address) => {
    const how = difference(old.get(address), present.get(address));
    return how === undefined ? [] : [{ address, how }];
  });
}

function byAddress(objects: readonly Observed[]): ReadonlyMap<Address, Observed> {
  return new Map(
    objects.flatMap((object) => {
      const spec = restoredSpec(object);
      return spec === undefined ? [] : [[addressOf(object), { ...object, spec }]];
    }),
  );
}

function difference(before: Observed | undefined, now: Observed | undefined): string | undefined {
  if (!before || !now) return before ? 'is missing' : 'is new';
  if (JSON.stringify(before.owner) !== JSON.stringify(now.owner)) return 'has another owner';
  if (before.incomplete !== now.incomplete) return now.incomplete ?? 'works, and did not before';
  const kind = kindOf(now.kind);
  // A kind compares what is desired with what is observed, and some fields count on one side only.
  const fields = [...kind.compare(before.spec, now.spec), ...kind.compare(now.spec, before.spec)];
  return fields.length === 0 ? undefined : `differs in ${[...new Set(fields.map(({ field }) => field))].join(', ')}`;
}
