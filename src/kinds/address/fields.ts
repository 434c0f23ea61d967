import type { FieldChange } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { AddressSpec } from './spec.ts';

function standsAlone({ nic }: AddressSpec): boolean {
  return nic === undefined;
}

/** A lifetime runs out all the time: it counts only whether there is one. Words for it can be changed in place. */
function extra({ field, from, to }: FieldChange): 'update' | 'replace' | 'same' {
  if (!field.endsWith('_lft')) return 'replace';
  return from !== undefined && to !== undefined ? 'same' : 'update';
}

/** What a difference in an address means. Nothing of one but its lifetime can be altered in place. */
export const addressFields = meaningOf<AddressSpec>(
  {
    // One on a NIC moves with the NIC, and its label with it.
    device: { change: 'replace', when: standsAlone },
    nic: { notCompared: 'it is in the name' },
    cidr: { notCompared: 'it is in the name' },
    broadcast: 'replace',
    scope: 'replace',
    label: { change: 'replace', when: standsAlone },
    attributes: { each: extra },
  },
  { create: 'none', replace: 'flap', delete: 'flap' },
);
