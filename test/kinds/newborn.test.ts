import fc from 'fast-check';
import { expect, test } from 'vitest';
import { birthGroup } from '../../src/kernel/links/alias.ts';
import { ownerOfLink } from '../../src/kernel/links/owner.ts';
import type { RawLink } from '../../src/kernel/probes/ip.ts';
import { link } from '../support/view.ts';

const group = birthGroup('demo');

function end(more: Partial<RawLink>): RawLink {
  return link('tap1', 2, { group, linkinfo: { info_kind: 'veth' }, ...more });
}

test('an end of a pair without an alias is ours by the group in which it was created', () => {
  expect(ownerOfLink(end({}), 'demo')).toBe('ours');
  expect(ownerOfLink(end({}), 'other')).toBe('foreign');
  expect(ownerOfLink(end({ group: 'default' }), 'demo')).toBe('foreign');
  expect(ownerOfLink(end({ linkinfo: { info_kind: 'dummy' } }), 'demo')).toBe('foreign');
  expect(ownerOfLink(undefined, 'demo')).toBe('foreign');
});

test('an alias decides, whatever the group', () => {
  expect(ownerOfLink(end({ ifalias: 'theirs' }), 'demo')).toBe('foreign');
  expect(ownerOfLink(end({ ifalias: 'netloom:other' }), 'demo')).toEqual({ topology: 'other' });
  expect(ownerOfLink(end({ ifalias: 'netloom:demo', group: 'default' }), 'demo')).toBe('ours');
});

test('a group is none that an administrator numbers, and one that `ip` takes', () => {
  fc.assert(
    fc.property(fc.string(), (topology) => {
      expect(Number(birthGroup(topology))).toBeGreaterThan(0xffff);
      expect(Number(birthGroup(topology))).toBeLessThan(2 ** 31);
    }),
  );
});
