import { tableMarker } from '../../../src/kinds/chain/spec.ts';
import { ipset, setName } from '../../../src/kinds/ipset/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { node, varied } from './objects.ts';

const GROUP = 'cccccccc-0000-0000-0000-000000000001';

const filters = ([4, 6] as const).map((family) => tableMarker({ node, family, table: 'filter' }, 'demo', ORIGIN));

const [members, members6] = ([4, 6] as const).map((family) => {
  const texts = family === 4 ? ['10.10.10.11', '10.10.10.12', '0.0.0.0/0'] : ['2001:db8::11', '2001:db8:1::/48'];
  return ipset({ node }, setName(family, GROUP), { family, members: texts }, ORIGIN);
}) as [ReturnType<typeof ipset>, ReturnType<typeof ipset>];

const manyOf = (prefix: string): string[] => Array.from({ length: 20 }, (_, i) => `${prefix}${10 + i}`).sort();

/** Sets of addresses. */
export const SETS: readonly KindCase[] = [
  {
    title: 'set',
    base: filters,
    object: members,
    updates: {
      members: varied(members, { members: ['10.10.10.0/28', '10.10.10.11', '128.0.0.0/1'] }),
      options: varied(members, { options: ['maxelem', '1000'] }),
    },
    damages: { members: `ipset flush ${members.name}` },
    fixed: { family: 'part of the name' },
  },
  {
    title: 'set of IPv6, changed by a swap',
    base: filters,
    object: members6,
    updates: { members: varied(members6, { members: manyOf('2001:db8::') }) },
    damages: {
      options: `ipset create x hash:net family inet6 timeout 600; ipset swap x ${members6.name}; ipset destroy x`,
    },
    fixed: { family: 'part of the name' },
  },
];
