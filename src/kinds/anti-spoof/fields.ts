import { meaningOf } from '../fields/index.ts';
import type { AntiSpoofSpec } from './spec.ts';

/** What a difference in a tap's allowed sources means. */
export const antiSpoofFields = meaningOf<AntiSpoofSpec>(
  {
    macs: 'update',
    sources: 'update',
    guarded: 'update',
    clients: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
