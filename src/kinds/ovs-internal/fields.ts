import { meaningOf } from '../fields/index.ts';
import type { OvsInternalSpec } from './spec.ts';

/** What a difference in an internal port means. */
export const ovsInternalFields = meaningOf<OvsInternalSpec>(
  {
    bridge: 'replace',
    mac: { change: 'update', impact: 'flap' },
    mtu: 'update',
    up: { change: 'update', impact: 'flap' },
    marked: 'update',
    tag: { change: 'update', impact: 'flap' },
    ids: { each: 'update' },
    attributes: { each: 'update' },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
