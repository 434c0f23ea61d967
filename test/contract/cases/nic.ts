import type { KindCase } from './case.ts';
import { NIC, borrower, br1, nicBase, varied } from './objects.ts';

/** NICs, which are borrowed. */
export const NICS: readonly KindCase[] = [
  {
    title: 'NIC',
    nics: { eth0: NIC },
    base: [borrower, br1],
    object: nicBase,
    updates: {
      bridge: varied(nicBase, { bridge: 'brq1' }),
      mtu: varied(nicBase, { mtu: 1400 }),
      attributes: varied(nicBase, { attributes: { hairpin: 'on', learning: 'off' } }),
    },
    damages: { up: 'ip link set dev eth0 down', stray: 'ip addr add 10.7.0.1/24 dev eth0' },
    // It is foreign, and moves to the bridge.
    undo: { stray: 'ip addr del 10.7.0.1/24 dev brq0' },
    fixed: { allowDynamic: 'a permission, not a state' },
  },
];
