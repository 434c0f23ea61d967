import { meaningOf } from '../fields/index.ts';
import type { SysctlSpec } from './spec.ts';

/** What a difference in a kernel parameter means. */
export const sysctlFields = meaningOf<SysctlSpec>(
  {
    value: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
