import { kindOf } from '../../kinds/registry.ts';
import type { Change } from '../../model/change.ts';
import type { Ref } from '../../model/resource.ts';
import type { Shown } from '../../model/shown.ts';

const NOTHING: Shown = {};

/** Returns what is shown of an object, from its kind. */
export function shownOf(object: Ref & { readonly spec: unknown }): Shown {
  return kindOf(object.kind).shown?.(object) ?? NOTHING;
}

/** A change with what is shown of its object: of the desired one if there is one. */
export interface ShownChange extends Shown {
  readonly change: Change;
}

/** Returns each change with what is shown of its object; computed once, because every service searches all changes. */
export function shownChanges(changes: readonly Change[]): readonly ShownChange[] {
  return changes.map((change) => {
    const object = change.desired ?? change.observed;
    return { change, ...(object && shownOf(object)) };
  });
}
