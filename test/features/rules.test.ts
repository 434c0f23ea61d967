import { expect, test } from 'vitest';
import { fillSlots } from '../../src/compile/slots.ts';
import { Rulebook } from '../../src/features/rules/rulebook.ts';

const PLACE = { node: 'n', netns: 'ns', origin: { path: 'routers.r' } } as const;
const BOOK = new Rulebook(4, {
  skeleton: `
    *nat
    -N mine
    -N empty
    -A mine -j before
    -A mine -j before-too
    -A mine @gateway
    -A mine -j between
    -A mine @snat
    -A POSTROUTING -j mine
  `,
  slots: {
    gateway: `
      *nat
      -A mine -o $device -j SNAT --to-source $address
    `,
  },
});

test('fixed rules keep their place around the slots', () => {
  const fill = BOOK.fill('gateway', { device: 'qg-1', address: '192.0.2.1' }, PLACE);
  const chains = fillSlots([...BOOK.skeleton(PLACE), ...fill]);
  expect(chains.map(({ name, spec }) => [name, spec])).toEqual([
    [
      '4/nat/mine',
      { builtin: false, rules: ['-j before', '-j before-too', '-o qg-1 -j SNAT --to-source 192.0.2.1', '-j between'] },
    ],
    ['4/nat/empty', { builtin: false, rules: [] }],
    ['4/nat/POSTROUTING', { builtin: true, rules: ['-j mine'] }],
  ]);
});

test('a slot the release has no rules for stays empty', () => {
  expect([...BOOK.fill('snat', {}, PLACE)]).toEqual([]);
});

test('a variable without a value is a bug', () => {
  expect(() => [...BOOK.fill('gateway', { device: 'qg-1' }, PLACE)]).toThrow('no value for $address');
});

test('a line that is no rule is a bug', () => {
  expect(() => new Rulebook(4, { skeleton: '*nat\n-I mine 1 -j x', slots: {} })).toThrow('not a rule: -I mine 1 -j x');
});
