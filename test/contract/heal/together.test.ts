import { expect, test } from 'vitest';
import type { Damage } from './damages/damage.ts';
import { together } from './together.ts';

const ADDRESSES = ['node1/-/nic/eth0', 'node1/-/tap/a', 'node1/-/tap/b', 'node1/r/chain/x', 'node1/r/chain/y'];

function damage(title: string, touches: RegExp, more: Partial<Damage> = {}): Damage {
  return { title, class: 'any', script: ':', touches, ...more };
}

const groups = (...damages: readonly Damage[]): string[][] =>
  together(damages, ADDRESSES).map((group) => group.map(({ title }) => title));

test('damages to different objects are done together, those to one object one after the other', () => {
  const [a1, a2] = [damage('a1', /\/tap\/a$/), damage('a2', /\/tap\/a$/)];
  expect(groups(a1, damage('b', /\/tap\/b$/), a2, damage('x', /chain\/x$/))).toEqual([['a1', 'b', 'x'], ['a2']]);
});

test(
  'a damage that may recreate or lose something, that is harmless, or that touches no desired object is done ' +
    'alone',
  () => {
    const alone = [{ remade: /./ }, { lost: /./ }, { harmless: true }].map((more, i) =>
      damage(`alone ${String(i)}`, /\/tap\/a$/, more),
    );
    const stray = damage('stray', /nothing/);
    expect(groups(...alone, stray, damage('b', /\/tap\/b$/))).toEqual([
      ['alone 0'],
      ['alone 1'],
      ['alone 2'],
      ['stray'],
      ['b'],
    ]);
  },
);

test('damages that recreate the same daemon are done together if each is seen by its own file', () => {
  const file = (name: string, remade: RegExp): Damage =>
    damage(name, /\/chain\/|\/nic\//, { seen: new RegExp(`/tap/${name}$`), remade });
  expect(groups(file('a', /haproxy/), file('b', /haproxy/), file('b', /dnsmasq/))).toEqual([['a', 'b'], ['b']]);
  expect(groups(file('a', /haproxy/), file('a', /haproxy/))).toEqual([['a'], ['a']]);
});

test('an object that decides whether it is a damage is not damaged', () => {
  expect(groups(damage('a', /\/tap\/a$/, { meets: /\/nic\// }), damage('eth0', /\/nic\//))).toEqual([['a'], ['eth0']]);
});
