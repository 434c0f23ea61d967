import { discharge, markLo, owedMark } from '../kinds/netns/owed.ts';
import type { NetnsSpec } from '../kinds/netns/spec.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Command } from '../model/command.ts';
import type { KindContext } from '../model/kind.ts';
import { addressOf } from '../model/resource.ts';
import type { Operation, Operations } from './operations.ts';

/** Operations with the effects they owe, and the order those demand. */
export interface WithEffects {
  readonly operations: readonly Operation[];
  readonly edges: readonly (readonly [Operation, Operation])[];
}

/**
 * Adds, for each namespace whose changes owe an effect, an operation before them that writes the debt into the namespace's mark, and one after
 * them that pays it and strikes it out. A namespace that is being made is born with its debt; it has no connections to forget. One that
 * is being removed owes nothing any more.
 */
export function withEffects({ all, makes, unmakes, owed }: Operations, context: KindContext): WithEffects {
  const operations = [...all];
  const edges: [Operation, Operation][] = [];
  const replaced = new Map<Operation, Operation>();
  const inside = new Map<string, Operation[]>();
  for (const operation of all) {
    const key = `${operation.node}/${operation.change?.netns ?? '-'}`;
    const there = inside.get(key);
    if (there) there.push(operation);
    else inside.set(key, [operation]);
  }

  for (const { node, netns, tokens, causes } of owed.values()) {
    const address = addressOf({ node, netns: null, kind: 'netns', name: netns });
    const birth = makes.get(address);
    if (unmakes.has(address) && !birth) continue;
    const isBorn = birth?.role === 'make';
    const before = birth?.role === 'alter' ? (birth.change?.observed?.spec as NetnsSpec).owed : [];
    const due = isBorn
      ? tokens.filter((token) => !token.startsWith('ct='))
      : [...tokens, ...before.filter((token) => token !== 'mark')];
    if (due.length === 0) continue;
    if (before.length > 0 && birth) replaced.set(birth, withoutDebts(birth, context));
    const alias = owedMark(context.topology, due);
    const add = (role: 'arm' | 'discharge', commands: readonly Command[]): Operation => {
      const operation: Operation = { id: operations.length, role, address, node, commands };
      operations.push(operation);
      return operation;
    };
    if (isBorn) {
      const commands = birth.commands.map((c) => (c.tool === 'netns-add' ? { ...c, mark: alias } : c));
      replaced.set(birth, { ...birth, commands });
    } else {
      const arm = add('arm', [markLo(netns, alias)]);
      for (const cause of causes) edges.push([arm, cause]);
    }
    const pay = add('discharge', discharge(node, netns, due, context));
    // All that is done in the namespace first: its links plugged in (an announcement into the void helps nobody).
    for (const other of inside.get(`${node}/${netns}`) ?? []) edges.push([other, pay]);
    if (birth) edges.push([birth, pay]);
  }
  const now = (operation: Operation): Operation => replaced.get(operation) ?? operation;
  return { operations: operations.map(now), edges: edges.map(([a, b]) => [now(a), now(b)] as const) };
}

/** The namespace's own change without the paying of old debts: they are paid with the new ones, or one of the two would strike out the other's. */
function withoutDebts(operation: Operation, context: KindContext): Operation {
  const { desired, observed, fields = [] } = operation.change ?? {};
  if (!desired || !observed) return operation;
  const others = fields.filter(({ field }) => field !== 'owed');
  return { ...operation, commands: kindOf(desired.kind).update(desired, observed, others, context) };
}
