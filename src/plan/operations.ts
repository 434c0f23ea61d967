import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import type { Address, Netns } from '../model/resource.ts';

/**
 * A piece of work on one object. `make` brings an object about or alters it, `unmake` takes it away; a change of one in place is both;
 * a replacement is two operations. `arm` and `discharge` belong to a namespace's owed effects.
 */
export interface Operation {
  readonly id: number;
  readonly role: 'make' | 'unmake' | 'alter' | 'arm' | 'discharge';
  readonly address: Address;
  readonly node: string;
  readonly change?: Change;
  readonly commands: readonly Command[];
}

/** The operations of a set of changes, and which of them makes and unmakes each object. */
export interface Operations {
  readonly all: readonly Operation[];
  readonly makes: ReadonlyMap<Address, Operation>;
  /** An object that goes with another one is unmade by the other's operation. */
  readonly unmakes: ReadonlyMap<Address, Operation>;
  /** Effects owed per namespace, with the operations that cause them. */
  readonly owed: ReadonlyMap<
    string,
    {
      readonly node: string;
      readonly netns: Netns;
      readonly debts: readonly Debt[];
    }
  >;
}

/** The effects one operation causes. */
export interface Debt {
  readonly cause: Operation;
  readonly tokens: readonly OwedToken[];
}

/** Turns changes into operations: the kinds' commands, still without an order. */
export function operationsOf(changes: readonly Change[], context: KindContext): Operations {
  const all: Operation[] = [];
  const makes = new Map<Address, Operation>();
  const unmakes = new Map<Address, Operation>();
  const owed = new Map<string, { node: string; netns: Netns; debts: Debt[] }>();
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
      last = add('unmake', change, kind.remove(observed, context));
      unmakes.set(address, last);
    }
    if (desired && (action === 'create' || action === 'replace')) {
      last = add('make', change, kind.create(desired, context));
      makes.set(address, last);
    }
    if (action === 'update' && desired && observed) {
      last = add('alter', change, kind.update(desired, observed, change.fields, context));
      makes.set(address, last);
    }
    // What goes with its container owes nothing.
    if (!last) continue;
    const tokens =
      kind.effects?.({ action, ...(desired && { desired }), ...(observed && { observed }) }, context) ?? [];
    if (tokens.length === 0) continue;
    const key = `${change.node}/${change.netns ?? '-'}`;
    const entry = owed.get(key) ?? { node: change.node, netns: change.netns, debts: [] };
    entry.debts.push({ cause: last, tokens });
    owed.set(key, entry);
  }
  for (const { impliedBy, address } of changes) {
    const root = impliedBy === undefined ? undefined : unmakes.get(impliedBy);
    if (root) unmakes.set(address, root);
  }
  return { all, makes, unmakes, owed };
}
