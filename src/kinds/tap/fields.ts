import { meaningOf } from '../fields/index.ts';
import type { TapSpec } from './spec.ts';

/** What a difference in a tap means. */
export const tapFields = meaningOf<TapSpec>(
  {
    mtu: 'update',
    up: { change: 'update', impact: 'flap' },
    marked: 'update',
    bridge: { change: 'update', impact: 'flap' },
    attributes: { each: 'update' },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
