import { meaningOf } from '../fields/index.ts';
import type { NetnsSpec } from './spec.ts';

/** What a difference in a namespace means. */
export const netnsFields = meaningOf<NetnsSpec>(
  {
    loUp: 'update',
    owed: 'update',
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
