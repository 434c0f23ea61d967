import { meaningOf } from '../fields/index.ts';
import type { OvsPlugSpec } from './spec.ts';

/** What a difference in a plug means. */
export const ovsPlugFields = meaningOf<OvsPlugSpec>(
  {
    bridge: 'replace',
    tag: { change: 'update', impact: 'flap' },
    trunks: { change: 'update', impact: 'flap' },
    marked: 'update',
    ids: { each: 'update' },
  },
  { create: 'none', replace: 'flap', delete: 'flap' },
);
