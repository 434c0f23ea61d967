import { meaningOf } from '../fields/index.ts';
import type { PolicySpec } from './spec.ts';

/** What a difference in a policy means. */
export const policyFields = meaningOf<PolicySpec>(
  {
    policy: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
