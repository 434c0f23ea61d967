import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOfText, withHostLength, withoutHostLength } from '../../src/net/address-text.ts';
import { blockOf, formatBlock } from '../../src/net/block.ts';
import { familyOf, formatIp } from '../../src/net/ip.ts';
import { anyIp, blockWith } from '../arbitraries/addresses.ts';

test('familyOfText returns the family of addresses and blocks', () => {
  fc.assert(
    fc.property(anyIp, (ip) => {
      expect(familyOfText(formatIp(ip))).toBe(familyOf(ip));
    }),
  );
  fc.assert(
    fc.property(blockWith(anyIp), (block) => {
      expect(familyOfText(formatBlock(block))).toBe(familyOf(block.network));
    }),
  );
});

test('withHostLength returns the block of the host, and withoutHostLength reverses it', () => {
  fc.assert(
    fc.property(anyIp, (ip) => {
      const text = formatIp(ip);
      expect(withHostLength(text)).toBe(formatBlock(blockOf(ip)));
      expect(withoutHostLength(withHostLength(text))).toBe(text);
    }),
  );
});

test.each([
  ['10.0.0.5', '10.0.0.5/32'],
  ['fe80::1', 'fe80::1/128'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['fe80::/10', 'fe80::/10'],
])('withHostLength: %s becomes %s', (text, block) => {
  expect(withHostLength(text)).toBe(block);
});

test.each([
  ['10.0.0.5/32', '10.0.0.5'],
  ['10.0.0.5', '10.0.0.5'],
  ['10.0.0.0/24', '10.0.0.0/24'],
  ['10.0.0.0/3', '10.0.0.0/3'],
  ['fe80::1/128', 'fe80::1'],
  ['fe80::1', 'fe80::1'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['2001:db8::/12', '2001:db8::/12'],
])('withoutHostLength: %s becomes %s', (block, text) => {
  expect(withoutHostLength(block)).toBe(text);
});
