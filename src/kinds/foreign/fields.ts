import { meaningOf } from '../fields/index.ts';
import type { ForeignSpec } from './spec.ts';

/** A foreign object has no desired state to differ from. */
export const foreignFields = meaningOf<ForeignSpec>(
  {
    restoration: { notCompared: 'it is never desired' },
    removal: { notCompared: 'it is never desired' },
    device: { notCompared: 'it is never desired' },
  },
  { create: 'none', replace: 'none', delete: 'flap' },
);
