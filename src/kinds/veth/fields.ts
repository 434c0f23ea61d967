import type { FieldChange, Impact } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { VethSpec } from './spec.ts';

/** A guest's device is the guest's. */
function isOurs({ guest }: VethSpec): boolean {
  return !guest;
}

/** Of a link's attributes its group is the one that counts as felt: what is done to a group is done to all of it. */
function ofAttribute({ field }: FieldChange): Impact {
  return field.endsWith('.group') ? 'flap' : 'none';
}

/** What a difference in a veth pair means. */
export const vethFields = meaningOf<VethSpec>(
  {
    mac: { change: 'update', impact: 'flap' },
    mtu: { change: 'update', when: isOurs },
    up: { change: 'update', impact: 'flap', when: isOurs },
    marked: 'update',
    attributes: { each: 'update', impact: ofAttribute, when: isOurs },
    txChecksums: 'update',
    guest: { notCompared: 'whose a namespace is does not change' },
    tap: {
      parts: {
        name: 'replace',
        mtu: 'update',
        up: { change: 'update', impact: 'flap' },
        bridge: { change: 'update', impact: 'flap' },
        attributes: { each: 'update', impact: ofAttribute },
      },
    },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
