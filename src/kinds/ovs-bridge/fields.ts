import type { FieldChange } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { OvsBridgeSpec } from './spec.ts';

/** Reports an address that the spec holds although there is a NIC: it is not the NIC's. */
function macIsWrong({ nic }: OvsBridgeSpec, { mac }: OvsBridgeSpec): readonly FieldChange[] {
  return nic === undefined || mac === undefined ? [] : [{ field: 'mac', from: mac, to: `that of ${nic}` }];
}

/** What a difference in an Open vSwitch bridge means. */
export const ovsBridgeFields = meaningOf<OvsBridgeSpec>(
  {
    datapath: 'replace',
    failMode: 'update',
    up: { change: 'update', impact: 'flap' },
    marked: 'update',
    nic: 'update',
    mac: { tell: macIsWrong },
    attributes: { each: 'update' },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
