import { meaningOf } from '../fields/index.ts';
import type { OvsPatchSpec } from './spec.ts';

/** What a difference in a patch means. */
export const ovsPatchFields = meaningOf<OvsPatchSpec>(
  {
    bridge: 'replace',
    tag: { change: 'update', impact: 'flap' },
    marked: 'update',
    peer: { parts: { name: 'replace', bridge: 'replace', tag: { change: 'update', impact: 'flap' } } },
  },
  { create: 'none', replace: 'flap', delete: 'flap' },
);
