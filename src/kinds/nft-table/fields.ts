import { meaningOf } from '../fields/index.ts';
import type { NftTableSpec } from './spec.ts';

/** What a difference in the table means. */
export const nftTableFields = meaningOf<NftTableSpec>(
  {
    // Everything in it is recreated, in one transaction.
    intact: 'replace',
    clients: 'replace',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
