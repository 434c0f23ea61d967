import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockMap, entangled } from '../../src/net/block-map.ts';
import { cidrAround, contains, overlaps } from '../../src/net/ipv4.ts';

/** Few addresses and short blocks, so that they often meet; and the far ends. */
const address = fc.oneof(fc.nat({ max: 64 }), fc.integer({ min: 0xffffffc0, max: 0xffffffff }));
const block = fc
  .tuple(address, fc.oneof(fc.integer({ min: 26, max: 32 }), fc.integer({ min: 0, max: 32 })))
  .map(([at, length]) => cidrAround(at, length));

test('an address finds what a search through all blocks finds, in their order', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), address, (blocks, at) => {
      const map = new BlockMap<number>();
      for (const [index, one] of blocks.entries()) map.add(one, index);
      const expected = [...blocks.keys()].filter((index) => contains(blocks[index]!, at));
      expect(map.holding(at)).toEqual(expected);
      expect(map.first(at)).toBe(expected[0]);
    }),
  );
});

test('entangled are the blocks that overlap another one', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      const expected = blocks.filter((one) => blocks.some((other) => other !== one && overlaps(one, other)));
      expect(entangled(blocks)).toEqual(new Set(expected));
    }),
  );
});
