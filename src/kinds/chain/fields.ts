import type { FieldChange, Impact } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { ChainSpec } from './spec.ts';

/** With a rule that translates, its connections are forgotten. */
function translates({ from, to }: FieldChange): Impact {
  return /DNAT|SNAT/.test(JSON.stringify([from, to])) ? 'drops-nat' : 'counters';
}

/** What a difference in a chain means. */
export const chainFields = meaningOf<ChainSpec>(
  {
    builtin: { notCompared: 'it is in the name' },
    rules: { change: 'update', impact: translates },
  },
  { create: 'none', replace: 'none', delete: 'drops-nat' },
);
