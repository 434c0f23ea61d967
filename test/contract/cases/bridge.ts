import { bridge } from '../../../src/kinds/bridge/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { NIC, borrower, br0, node, varied } from './objects.ts';

/** Linux bridges. */
export const BRIDGES: readonly KindCase[] = [
  {
    title: 'bridge',
    base: [],
    object: br0,
    updates: {
      mac: varied(br0, { mac: 'fa:16:3e:00:00:ab' }),
      up: varied(br0, { up: false }),
      attributes: varied(br0, { attributes: { stp_state: '1', txqueuelen: '500', mcast_snooping: '0' } }),
    },
    damages: { marked: 'ip link set dev brq0 down; ip link set dev brq0 alias ""' },
    fixed: {},
  },
  {
    title: 'bridge with the address of a NIC',
    nics: { eth0: NIC, eth1: 'fa:16:3e:00:00:03' },
    base: [],
    object: borrower,
    updates: { macOf: bridge(node, 'brq0', { macOf: 'eth1' }, ORIGIN) },
    damages: { mac: 'ip link set dev brq0 address fa:16:3e:00:00:99' },
    fixed: { up: 'above', marked: 'above', attributes: 'above' },
  },
];
