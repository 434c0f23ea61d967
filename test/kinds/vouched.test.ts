import { expect, test } from 'vitest';
import { isVouchedSet } from '../../src/kernel/netfilter/vouched.ts';
import type { Probe } from '../../src/model/probe.ts';
import { link, viewOf } from '../support/view.ts';

const SET = { type: 'hash:net', family: 4, options: [], members: [] } as const;
const CHAINS = ':neutron-linuxbri-FORWARD - [0:0]\n:neutron-linuxbri-i77c04ce5-c - [0:0]';

test('a thousand sets of an agent of Neutron take no longer to judge than one', () => {
  const links = [link('tap77c04ce5-c1', 2), link('tap00000000-01', 3, { ifalias: 'netloom:demo' })];
  const view = viewOf('n1', [{ netns: null, links, save4: `*filter\n:FORWARD ACCEPT [0:0]\n${CHAINS}\nCOMMIT\n` }]);
  const asked: string[] = [];
  const get = view.get;
  const counted = { ...view, get: <T>(probe: Probe<T>) => (asked.push(probe.id), get(probe)) };
  const judged = (times: number): boolean[] =>
    Array.from({ length: times }, () => isVouchedSet(counted, 4, SET, 'demo'));
  judged(1);
  const once = asked.length;
  expect(once).toBeGreaterThan(0);
  expect([...new Set(judged(1000))]).toEqual([false]);
  expect(asked).toHaveLength(once);
});
