import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOfText, withHostLength, withoutHostLength } from '../../src/net/address-text.ts';
import { blockOf, formatBlock } from '../../src/net/block.ts';
import { familyOf, formatIp } from '../../src/net/ip.ts';
import { anyIp, blockWith } from '../arbitraries/addresses.ts';

test('the text of an address, and of a block, tells the family', () => {
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

test('an address with the length of a host is the block of that host, and without it the address again', () => {
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
])('%s with the length of a host, if it has none: %s', (text, block) => {
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
])('%s without the length of a host: %s', (block, text) => {
  expect(withoutHostLength(block)).toBe(text);
});
