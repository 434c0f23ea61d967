import { tap } from '../../../src/kinds/tap/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { br0, br1, node, varied } from './objects.ts';

const device = tap(node, 'tap9', { mtu: 1500, bridge: 'brq0' }, ORIGIN);

/** Taps. */
export const TAPS: readonly KindCase[] = [
  {
    title: 'tap',
    needsTun: true,
    base: [br0, br1],
    object: device,
    updates: {
      mtu: varied(device, { mtu: 1400 }),
      up: varied(device, { up: false }),
      bridge: varied(device, { bridge: 'brq1' }),
      attributes: varied(device, { attributes: { isolated: 'on', txqueuelen: '77' } }),
    },
    damages: { marked: 'ip link set dev tap9 alias ""' },
    fixed: {},
  },
];
