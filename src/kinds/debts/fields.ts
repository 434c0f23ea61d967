import { meaningOf } from '../fields/index.ts';
import type { DebtsSpec } from './spec.ts';

/** What a difference in the owed effects means. */
export const debtsFields = meaningOf<DebtsSpec>(
  {
    owed: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
