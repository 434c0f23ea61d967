import { meaningOf } from '../fields/index.ts';
import type { QdiscSpec } from './spec.ts';

/** What a difference in a qdisc means: none is desired. */
export const qdiscFields = meaningOf<QdiscSpec>(
  {
    kind: { notCompared: 'none is desired' },
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
