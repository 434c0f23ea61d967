import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Existence, Precondition } from '../model/existence.ts';
import type { Ref } from '../model/resource.ts';

/** An object with its spec. */
type Object = Ref & { readonly spec: unknown };

/**
 * Returns what must be true on a node before a plan with these changes is carried out there, as far as its kinds can
 * tell: what is created is missing, and what is changed or deleted is the object that was observed.
 */
export function preconditionsOf(changes: readonly Change[], node: string, topology: string): readonly Precondition[] {
  const own = changes.filter((change) => change.node === node);
  // What takes over the name or the MAC of a deleted object is created after that.
  const given = new Set(
    own.flatMap(({ action, observed }) => (action !== 'create' && observed ? keysOf(observed) : [])),
  );
  return own.flatMap((change): readonly Precondition[] => {
    const { address, action, desired, observed } = change;
    const object = action === 'create' ? desired : observed;
    if (object === undefined || (action === 'create' && keysOf(object).some((key) => given.has(key)))) return [];
    const test = kindOf(object.kind).existence?.(object, topology);
    if (test === undefined) return [];
    const { identity, ...plain } = test;
    const known = observed?.owner === 'ours' && observed.adoptable !== true;
    const full: Existence = known && identity !== undefined ? { ...plain, identity } : plain;
    return [{ address, exists: action !== 'create', test: full }];
  });
}

function keysOf(object: Object): readonly string[] {
  const kind = kindOf(object.kind);
  return [
    ...(kind.breakBeforeMake?.(object) ?? []),
    ...(kind.givesUp?.(object) ?? []),
    ...(kind.providedLinks?.(object) ?? []).map(({ netns, name }) => `link ${netns ?? '-'} ${name}`),
  ];
}
