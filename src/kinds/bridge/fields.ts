import type { FieldChange } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { BridgeSpec } from './spec.ts';

function nicDiffers({ macOf: to }: BridgeSpec, { macOf: from }: BridgeSpec): readonly FieldChange[] {
  return to === undefined || from === to ? [] : [{ field: 'macOf', from, to }];
}

/** Reports an address that the spec holds although there is a NIC: it is not the NIC's. */
function macIsWrong({ macOf }: BridgeSpec, { mac }: BridgeSpec): readonly FieldChange[] {
  return macOf === undefined || mac === undefined ? [] : [{ field: 'mac', from: mac, to: `that of ${macOf}` }];
}

/** What a difference in a bridge means. */
export const bridgeFields = meaningOf<BridgeSpec>(
  {
    up: { change: 'update', impact: 'flap' },
    marked: 'update',
    macOf: { tell: (desired, observed) => [...nicDiffers(desired, observed), ...macIsWrong(desired, observed)] },
    mtu: {
      tell: ({ mtu: to }, { mtu: from }) =>
        from === to ? [] : [{ field: 'mtu', from, to: to ?? 'the least of its ports’' }],
    },
    mac: { change: 'update', when: ({ macOf }) => macOf === undefined },
    attributes: { each: 'update' },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
