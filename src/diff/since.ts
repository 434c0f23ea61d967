import { kindOf } from '../kinds/registry.ts';
import type { FieldChange } from '../model/change.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import { restoredSpec } from './recorded.ts';

/** An object that is not as it was. */
export interface Since {
  readonly address: Address;
  /** A predicate: `is missing`, `is new`, `differs in mtu`. */
  readonly how: string;
  /** The fields that differ: `from` is the value before, `to` the one now. Absent: none, or it can hold secrets. */
  readonly fields?: readonly FieldChange[];
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
    const found = difference(old.get(address), present.get(address));
    return found === undefined ? [] : [{ address, ...found }];
  });
}

function byAddress(objects: readonly Observed[]): ReadonlyMap<Address, Observed> {
  const lasting = objects.filter(({ kind }) => kindOf(kind).isTransient !== true);
  return new Map(
    lasting.map((object) => [addressOf(object), { ...object, spec: restoredSpec(object) ?? object.spec }]),
  );
}

function difference(before: Observed | undefined, now: Observed | undefined): Omit<Since, 'address'> | undefined {
  if (!before || !now) return { how: before ? 'is missing' : 'is new' };
  if (JSON.stringify(before.owner) !== JSON.stringify(now.owner)) return { how: 'has another owner' };
  if (before.incomplete !== now.incomplete) return { how: now.incomplete ?? 'works, and did not before' };
  const kind = kindOf(now.kind);
  // A kind compares what is desired with what is observed, and some fields count on one side only.
  const back = kind.compare(before.spec, now.spec).map((field) => ({ ...field, from: field.to, to: field.from }));
  const fields = new Map([...kind.compare(now.spec, before.spec), ...back].map((field) => [field.field, field]));
  if (fields.size === 0) return undefined;
  const how = `differs in ${[...fields.keys()].join(', ')}`;
  return { how, ...(!kind.sealed && { fields: [...fields.values()] }) };
}
