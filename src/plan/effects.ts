import { deleteOwedConnections, owedMark, recordOwed } from '../kernel/effects/owed.ts';
import { performOwedEffects, ledgerOf } from '../kinds/ledger.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import { addressOf } from '../model/resource.ts';
import type { OwedEffects, Operation, Operations } from './operations.ts';

/** All operations, including those of owed effects, and the order that the effects require. */
export interface WithEffects {
  readonly operations: readonly Operation[];
  readonly edges: readonly (readonly [Operation, Operation])[];
  /** Edges that only protect traffic, and may be left out. */
  readonly softEdges: readonly (readonly [Operation, Operation])[];
}

/**
 * Adds two operations for each namespace whose changes owe effects: one before them records the effects in the
 * namespace's mark, and one after them performs them and clears the record. Connections that must be forgotten before
 * an address exists are forgotten in between. A namespace that is created carries the record from the start; it has no
 * connections to forget. A namespace that is deleted owes nothing any more.
 */
export function withEffects({ all, creates, deletes, owed }: Operations, context: KindContext): WithEffects {
  const operations = [...all];
  const edges: [Operation, Operation][] = [];
  const softEdges: [Operation, Operation][] = [];
  const replaced = new Map<Operation, Operation>();
  const inside = new Map<string, Operation[]>();
  for (const operation of all) {
    const key = `${operation.node}/${operation.change?.netns ?? '-'}`;
    const there = inside.get(key);
    if (there) there.push(operation);
    else inside.set(key, [operation]);
  }

  for (const { node, netns, owedEffects } of owed.values()) {
    const tokens = owedEffects.flatMap((effects) => effects.tokens);
    const address = addressOf(ledgerOf(node, netns));
    const own = netns === null ? deletes.get(address) : creates.get(address);
    if (netns !== null && deletes.has(address) && !own) continue;
    const birth = own?.role === 'create' ? own : undefined;
    const before = own && !birth ? (own.change?.observed?.spec as Owing).owed : [];
    const due = birth
      ? tokens.filter((token) => !token.startsWith('ct='))
      : [...tokens, ...before.filter((token) => token !== 'mark')];
    if (due.length === 0) continue;
    if (before.length > 0 && own) replaced.set(own, withoutOwedEffects(own, context));
    const add = (role: 'record' | 'perform', commands: readonly Command[]): Operation => {
      const operation: Operation = { id: operations.length, role, address, node, commands };
      operations.push(operation);
      return operation;
    };
    if (birth) {
      const alias = owedMark(context.topology, due);
      const commands = birth.commands.map((c) => (c.tool === 'netns-add' ? { ...c, mark: alias } : c));
      replaced.set(birth, { ...birth, commands });
    } else {
      const record = add('record', [recordOwed(context.topology, netns, due)]);
      for (const { cause } of owedEffects) edges.push([record, cause]);
    }
    const there = inside.get(`${node}/${netns ?? '-'}`) ?? [];
    const early = birth ? undefined : connectionsToForgetFirst(owedEffects, there);
    const later = due.filter((token) => early?.tokens.includes(token) !== true);
    const perform = add('perform', performOwedEffects(node, netns, later, context));
    if (early) {
      const forget = add('perform', deleteOwedConnections(netns, early.tokens));
      for (const cause of early.causes) edges.push([cause, forget]);
      for (const operation of early.before) softEdges.push([forget, operation]);
      edges.push([forget, perform]);
    }
    // After all other operations of the namespace: an announcement before its links are plugged in would be lost.
    for (const other of there) edges.push([other, perform]);
    if (own) edges.push([own, perform]);
  }
  const now = (operation: Operation): Operation => replaced.get(operation) ?? operation;
  const current = (some: readonly [Operation, Operation][]): (readonly [Operation, Operation])[] =>
    some.map(([a, b]) => [now(a), now(b)] as const);
  return { operations: operations.map(now), edges: current(edges), softEdges: current(softEdges) };
}

/**
 * Returns the connections that must be forgotten between the rules that translate an address and the creation of the
 * address. A connection from before the rules is tracked as untranslated; once the address exists, this node itself
 * would answer it.
 */
function connectionsToForgetFirst(
  owedEffects: readonly OwedEffects[],
  there: readonly Operation[],
): { tokens: readonly OwedToken[]; causes: readonly Operation[]; before: readonly Operation[] } | undefined {
  const tokens = new Set<OwedToken>();
  const before = new Set<Operation>();
  for (const { cause, tokens: own } of owedEffects) {
    const desired = cause.change?.desired;
    const awaiting = desired ? [...kindOf(desired.kind).needs(desired)].filter(({ reverse }) => reverse === true) : [];
    const made = there.filter(
      ({ role, change }) =>
        role === 'create' && awaiting.some(({ kind, name }) => change?.kind === kind && change.name.startsWith(name)),
    );
    for (const operation of made) before.add(operation);
    if (made.length > 0) for (const token of own) tokens.add(token);
  }
  if (before.size === 0 || tokens.size === 0) return undefined;
  // Operations that owe one of these tokens come first too: the other half of a floating IP's translation.
  const causes = owedEffects
    .filter((effects) => effects.tokens.some((token) => tokens.has(token)))
    .map(({ cause }) => cause);
  return { tokens: [...tokens], causes, before: [...before] };
}

/** The spec of the object that records the effects owed in a namespace. */
interface Owing {
  readonly owed: readonly OwedToken[];
}

/**
 * Returns the namespace's own change without performing recorded effects. They are performed with the new ones;
 * otherwise each of the two would clear the other's record.
 */
function withoutOwedEffects(operation: Operation, context: KindContext): Operation {
  const { desired, observed, fields = [] } = operation.change ?? {};
  if (operation.role === 'delete') return { ...operation, commands: [] };
  if (!desired || !observed) return operation;
  const others = fields.filter(({ field }) => field !== 'owed');
  return { ...operation, commands: kindOf(desired.kind).update(desired, observed, others, context) };
}
