import { kindOf } from '../../kinds/registry.ts';
import type { Change } from '../../model/change.ts';
import type { Ref } from '../../model/resource.ts';
import type { Shown } from '../../model/shown.ts';

const NOTHING: Shown = {};

/** What a person sees in an object, as its kind says. */
export function shownOf(object: Ref & { readonly spec: unknown }): Shown {
  return kindOf(object.kind).shown?.(object) ?? NOTHING;
}

/** A change with what a person sees in the object: in the wanted one, where there is one. */
export interface SeenChange extends Shown {
  readonly change: Change;
}

/** Each change with what a person sees in its object. It is asked once: every service looks through all changes. */
export function seenChanges(changes: readonly Change[]): readonly SeenChange[] {
  return changes.map((change) => {
    const object = change.desired ?? change.observed;
    return { change, ...(object && shownOf(object)) };
  });
}
