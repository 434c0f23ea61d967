import type { FieldChange, Impact } from '../../model/change.ts';
import { isJump } from '../../kernel/netfilter/rule-words.ts';
import { meaningOf } from '../fields/index.ts';
import type { ChainSpec } from './spec.ts';

/** With a rule that translates, its connections are forgotten. */
function translates({ from, to }: FieldChange): Impact {
  return /DNAT|SNAT/.test(JSON.stringify([from, to])) ? 'drops-nat' : 'counters';
}

/** Returns the difference that our jumps are behind foreign rules which decide packets of ours. */
function orderOf({ rules }: ChainSpec, { order = [] }: ChainSpec): readonly FieldChange[] {
  if (order.length === 0) return [];
  return [{ field: 'order', from: order, to: [...rules, ...order.filter((rule) => !isJump(rule))] }];
}

/** What a difference in a chain means. */
export const chainFields = meaningOf<ChainSpec>(
  {
    builtin: { notCompared: 'it is in the name' },
    rules: { change: 'update', impact: translates },
    order: { tell: orderOf, impact: 'counters' },
  },
  { create: 'none', replace: 'none', delete: 'drops-nat' },
);
