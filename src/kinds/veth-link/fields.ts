import { meaningOf } from '../fields/index.ts';
import type { VethLinkSpec } from './spec.ts';

/** What a difference in a pair means. */
export const vethLinkFields = meaningOf<VethLinkSpec>(
  {
    peer: 'replace',
    bridge: { change: 'update', impact: 'flap' },
    mtu: 'update',
    macs: 'update',
    up: { change: 'update', impact: 'flap' },
    marked: 'update',
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
