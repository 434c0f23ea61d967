import { antiSpoof } from '../../../src/kinds/anti-spoof/spec.ts';
import { nftTable } from '../../../src/kinds/nft-table/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { node, varied } from './objects.ts';

const spoofTable = nftTable(node, 'demo', ORIGIN);

const SOURCES = [
  { mac: 'fa:16:3e:00:00:05', cidr: '10.0.0.5/32' },
  { mac: 'fa:16:3e:00:00:06', cidr: '10.5.0.0/25' },
];

const MACS = SOURCES.map(({ mac }) => mac);

const guarded = antiSpoof({ node, device: 'tap1' }, { macs: MACS, sources: SOURCES }, ORIGIN);

const ANYWHERE = [{ mac: MACS[0]!, cidr: '0.0.0.0/0' }];

const loosely = antiSpoof({ node, device: 'tap2' }, { macs: MACS.slice(0, 1), sources: ANYWHERE }, ORIGIN);

const TABLE = 'bridge netloom-demo';

/** The allowed sources of a tap, and the table that holds them. */
export const ANTI_SPOOF: readonly KindCase[] = [
  {
    title: 'allowed sources of a tap',
    base: [spoofTable, loosely],
    object: guarded,
    updates: {
      macs: varied(guarded, { macs: MACS.slice(1) }),
      sources: varied(guarded, { sources: [SOURCES[0]!, { ...SOURCES[1]!, cidr: '0.0.0.0/0' }] }),
    },
    damages: {
      guarded: `nft delete element ${TABLE} guarded '{ "tap1" }'`,
      clients: `nft delete element ${TABLE} clients '{ "tap1" . 0xfa163e000005 }'`,
    },
    fixed: {},
  },
  {
    title: 'allowed sources of a tap with any address',
    base: [spoofTable, guarded],
    object: loosely,
    updates: {
      sources: varied(loosely, { sources: [] }),
      macs: varied(loosely, { macs: [] }),
    },
    damages: { guarded: `nft flush set ${TABLE} guarded`, clients: `nft flush set ${TABLE} clients` },
    fixed: {},
  },
  {
    title: 'table of allowed sources',
    base: [],
    object: spoofTable,
    updates: {},
    damages: { intact: `nft flush table ${TABLE}` },
    fixed: { clients: 'it is whatever the node can check' },
  },
];
