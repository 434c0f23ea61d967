import { expect, test } from 'vitest';
import { addressOf, kindName, kindWord } from '../../src/model/resource.ts';

test('the name of a kind is a string where it is shown, and in JSON', () => {
  const kind = kindName('veth');
  expect(kindWord(kind)).toBe('veth');
  expect(addressOf({ node: 'n1', netns: null, kind, name: 'tap1' })).toBe('n1/-/veth/tap1');
  expect(JSON.stringify({ kind })).toBe('{"kind":"veth"}');
});

test('comparing it with a string does not compile', () => {
  const kind = kindName('veth');
  // @ts-expect-error TS2367: the types have no overlap
  expect(kind === 'veth').toBe(true);
  // @ts-expect-error TS2345: nor is it one of some texts
  expect(['veth', 'tap'].includes(kind)).toBe(true);
  // @ts-expect-error TS2322: nor is a text one
  expect(addressOf({ node: 'n1', netns: null, kind: 'veth', name: 'tap1' })).toBe('n1/-/veth/tap1');
});
