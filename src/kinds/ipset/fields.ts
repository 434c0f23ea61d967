import { meaningOf } from '../fields/index.ts';
import type { IpsetSpec } from './spec.ts';

/** What a difference in a set means. */
export const ipsetFields = meaningOf<IpsetSpec>(
  {
    family: { notCompared: 'it is in the name' },
    members: 'update',
    options: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
