import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import type { Address, Netns } from '../model/resource.ts';

/**
 * Work on one object. `create` creates it, `delete` deletes it, `update` changes it in place; a replacement is a
 * `delete` and a `create`. `record` and `perform` belong to a namespace's owed effects.
 */
export interface Operation {
  readonly id: number;
  readonly role: 'create' | 'delete' | 'update' | 'record' | 'perform';
  readonly address: Address;
  readonly node: string;
  readonly change?: Change;
  readonly commands: readonly Command[];
}

/** The operations of a set of changes. */
export interface Operations {
  readonly all: readonly Operation[];
  /** The operations after which an object is as desired: those that create or update it. */
  readonly creates: ReadonlyMap<Address, Operation>;
  /** Also lists each object deleted with its container, under the container's operation. */
  readonly deletes: ReadonlyMap<Address, Operation>;
  /** Effects owed per namespace, with the operations that cause them. */
  readonly owed: ReadonlyMap<
    string,
    {
      readonly node: string;
      readonly netns: Netns;
      readonly owedEffects: readonly OwedEffects[];
    }
  >;
}

/** The effects caused by one operation. */
export interface OwedEffects {
  readonly cause: Operation;
  readonly tokens: readonly OwedToken[];
}

/** Turns changes into operations: the kinds' commands, still without an order. */
export function operationsOf(changes: readonly Change[], context: KindContext): Operations {
  const all: Operation[] = [];
  const creates = new Map<Address, Operation>();
  const deletes = new Map<Address, Operation>();
  const owed = new Map<string, { node: string; netns: Netns; owedEffects: OwedEffects[] }>();
  const add = (role: Operation['role'], change: Change, commands: readonly Command[]): Operation => {
    const operation: Operation = { id: all.length, role, address: change.address, node: change.node, change, commands };
    all.push(operation);
    return operation;
  };

  for (const change of changes) {
    const kind = kindOf(change.kind);
    const { action, address, desired, observed, impliedBy } = change;
    let last: Operation | undefined;
    if (impliedBy === undefined && observed && (action === 'delete' || action === 'replace')) {
      last = add('delete', change, kind.remove(observed, context));
      deletes.set(address, last);
    }
    if (desired && (action === 'create' || action === 'replace')) {
      last = add('create', change, kind.create(desired, context));
      creates.set(address, last);
    }
    if (action === 'update' && desired && observed) {
      last = add('update', change, kind.update(desired, observed, change.fields, context));
      creates.set(address, last);
    }
    // An object deleted with its container owes nothing.
    if (!last) continue;
    const tokens =
      kind.effects?.({ action, ...(desired && { desired }), ...(observed && { observed }) }, context) ?? [];
    if (tokens.length === 0) continue;
    const key = `${change.node}/${change.netns ?? '-'}`;
    const entry = owed.get(key) ?? { node: change.node, netns: change.netns, owedEffects: [] };
    entry.owedEffects.push({ cause: last, tokens });
    owed.set(key, entry);
  }
  for (const { impliedBy, address } of changes) {
    const root = impliedBy === undefined ? undefined : deletes.get(impliedBy);
    if (root) deletes.set(address, root);
  }
  return { all, creates, deletes, owed };
}
