import type { FieldChange } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { AddressSpec } from './spec.ts';

function isNotOnNic({ nic }: AddressSpec): boolean {
  return nic === undefined;
}

/** A lifetime decreases all the time: only its presence is compared. Its words can be changed in place. */
function extra({ field, from, to }: FieldChange): 'update' | 'replace' | 'same' {
  if (!field.endsWith('_lft')) return 'replace';
  return from !== undefined && to !== undefined ? 'same' : 'update';
}

const NONE: readonly never[] = [];

/** What a difference in an address means. Only its lifetime and its routes can be changed in place. */
export const addressFields = meaningOf<AddressSpec>(
  {
    // An address on a NIC moves with the NIC, and its label with it.
    device: { change: 'replace', when: isNotOnNic },
    nic: { notCompared: 'it is in the name' },
    cidr: { notCompared: 'it is in the name' },
    broadcast: 'replace',
    scope: 'replace',
    label: { change: 'replace', when: isNotOnNic },
    attributes: { each: extra },
    lostRoutes: { change: 'update', impact: 'flap', absent: NONE },
  },
  { create: 'none', replace: 'flap', delete: 'flap' },
);
