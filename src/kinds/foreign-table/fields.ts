import { meaningOf } from '../fields/index.ts';
import type { ForeignTableSpec } from './spec.ts';

/** What a difference in a foreign table means: none is desired. */
export const foreignTableFields = meaningOf<ForeignTableSpec>(
  {
    chains: { notCompared: 'none is desired' },
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
