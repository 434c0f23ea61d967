import { describe, expect, it } from 'vitest';
import { touchingRules } from '../../src/kernel/netfilter/touching.ts';

const AT = { family: 'bridge', table: 'nat', chain: 'PREROUTING' };
const OURS = new Set(['tapours', 'brq1', 'eth1']);

const device = (key: string, right: unknown, op = '=='): object => ({ match: { op, left: { meta: { key } }, right } });
const drop = { drop: null };

/** The handles of the rules that can touch our frames, of PREROUTING and a chain `inner`. */
function touching(rules: readonly (readonly object[])[], inner: readonly (readonly object[])[] = []): number[] {
  const listed = (chain: string, all: readonly (readonly object[])[], from: number) =>
    all.map((expr, i) => ({ rule: { ...AT, chain, handle: from + i, expr } }));
  const objects = [{ metainfo: {} }, ...listed('PREROUTING', rules, 1), ...listed('inner', inner, 100)];
  return touchingRules(objects, AT, OURS).map(({ handle }) => handle);
}

describe('a rule of nftables beside iptables', () => {
  it.each([
    ['that drops everything', [drop]],
    ['for a tap of ours', [device('iifname', 'tapours'), drop]],
    ['for any tap', [device('iifname', 'tap*'), drop]],
    ['for a set with a tap of ours', [device('oifname', { set: ['vnet0', 'tapours'] }), drop]],
    ['for all but another device', [device('iifname', 'vnet0', '!='), drop]],
    ['for a set that is not listed', [device('iifname', '@theirs'), drop]],
    ['that changes a packet', [{ mangle: { key: { meta: { key: 'mark' } }, value: 9 } }]],
    ['with a target of xtables', [{ xt: { type: 'target', name: 'mark' } }]],
  ])('touches our frames: one %s', (_, expr) => {
    expect(touching([expr])).toEqual([1]);
  });

  it.each([
    ['for a device of libvirt', [device('iifname', 'vnet0'), { jump: { target: 'inner' } }]],
    ['for a set of other devices', [device('iifname', { set: ['vnet0', 'vnet1'] }), drop]],
    ['that only counts', [device('iifname', 'tapours'), { counter: { packets: 0, bytes: 0 } }]],
    ['that accepts', [{ accept: null }]],
    ['with a match of xtables alone', [{ xt: { type: 'match', name: 'limit' } }, { log: null }]],
  ])('touches none: one %s', (_, expr) => {
    expect(touching([expr], [[drop]])).toEqual([]);
  });

  it('is judged by the chain that it jumps to', () => {
    const jump = { jump: { target: 'inner' } };
    expect(touching([[jump]], [[device('iifname', 'vnet0'), drop]])).toEqual([]);
    expect(touching([[jump]], [[device('iifname', 'brq1'), drop]])).toEqual([1]);
    expect(touching([[jump]], [[jump]])).toEqual([1]);
  });
});
