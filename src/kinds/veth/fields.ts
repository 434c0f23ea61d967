import type { FieldChange, Impact } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { VethSpec } from './spec.ts';

/** A guest configures its own device. */
function isOurs({ guest }: VethSpec): boolean {
  return !guest;
}

/** A command on a group applies to all of its links. A device that is enslaved receives nothing. */
function ofAttribute({ field }: FieldChange): Impact {
  return field.endsWith('.group') || field.endsWith('.master') ? 'flap' : 'none';
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
