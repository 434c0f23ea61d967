import { kindOf } from '../../kinds/registry.ts';
import type { Action } from '../../model/change.ts';
import type { Counted } from '../../model/plan.ts';
import type { Share } from './shares.ts';

/** Counts the objects of a group by node, action and word; of an object whose lines are counted, its lines. */
export function countsOf(shares: readonly Share[]): readonly Counted[] {
  const counts = new Map<string, Counted & { number: number }>();
  const add = (node: string, action: Action, { one, many }: Pick<Counted, 'one' | 'many'>, number: number): void => {
    if (number === 0) return;
    const key = `${node} ${action} ${one}`;
    const known = counts.get(key);
    if (known) known.number += number;
    else counts.set(key, { node, action, one, many, number });
  };
  for (const { change, added, removed } of shares) {
    const { node, action, kind } = change;
    const { counted } = kindOf(kind);
    if (counted.lines === undefined) add(node, action, counted, 1);
    else if (action === 'update' && added + removed === 0) add(node, action, counted, 1);
    else {
      add(node, 'create', counted, added);
      add(node, 'delete', counted, removed);
    }
  }
  return [...counts.values()];
}
