import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockMap, overlapping } from '../../src/net/block-map.ts';
import { contains, overlaps } from '../../src/net/block.ts';
import { blockWith, nearIp } from '../arbitraries/addresses.ts';

const block = blockWith(nearIp);

test('a look-up returns the same values, in the same order, as a search through all blocks', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), nearIp, (blocks, at) => {
      const map = new BlockMap<number>();
      for (const [index, one] of blocks.entries()) map.add(one, index);
      const expected = [...blocks.keys()].filter((index) => contains(blocks[index]!, at));
      expect(map.holding(at)).toEqual(expected);
      expect(map.first(at)).toBe(expected[0]);
    }),
  );
});

test('overlapping returns the blocks that overlap another one', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      const expected = blocks.filter((one) => blocks.some((other) => other !== one && overlaps(one, other)));
      expect(overlapping(blocks)).toEqual(new Set(expected));
    }),
  );
});
