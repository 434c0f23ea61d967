import fc from 'fast-check';
import { Address6 } from 'ip-address';
import { expect, test } from 'vitest';
import { networkOf } from '../../src/net/block.ts';
import { readIpv6Cidr } from '../../src/net/raw/ipv6.ts';

test.each([
  ['2001:db8::1/128', '2001:db8::1/128'],
  ['2001:0DB8:0:0:0:0:0:5/64', '2001:db8::/64'],
  ['2001:db8:0:0:1::/80', '2001:db8:0:0:1::/80'],
  ['1:0:0:2:0:0:4:0/128', '1::2:0:0:4:0/128'],
  ['1:0:2:0:3:0:4:0/128', '1:0:2:0:3:0:4:0/128'],
  ['1:2:3:4:5:6:0:8/128', '1:2:3:4:5:6:0:8/128'],
  ['::ffff:1.2.3.4/128', '::ffff:1.2.3.4/128'],
  ['::102:304/128', '::1.2.3.4/128'],
  ['::1/128', '::1/128'],
  ['ffff::/1', '8000::/1'],
  ['1::/0', '::/0'],
  ['fe80::1/10', 'fe80::/10'],
])('networkOf: %s becomes %s', (text, written) => {
  expect(networkOf(text)).toBe(written);
});

test.each([
  '', '::', '1.2.3.4/32', '::/129', '::/-1', '::/', ':::/1', '1::2::3/64', '1:2:3:4:5:6:7/64', '1:2:3:4:5:6:7:8:9/64',
  '1:2:3:4:5:6:7::8/64', '12345::/64', 'g::/64', '::1%eth0/64', '1.2.3.4::/64', '::1.2.3/64', '::1/64/1', ' ::1/64',
])('refuses %j', (text) => {
  expect(readIpv6Cidr(text)).toBe(undefined);
  if (text !== '1.2.3.4/32') expect(() => networkOf(text)).toThrow(RangeError);
}); // prettier-ignore

test('any address in any spelling gives the same block as another library', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(groups, fc.integer({ min: 0, max: 128 }), fc.boolean(), (some, length, padded) => {
      const text = some.map((g) => g.toString(16).padStart(padded ? 4 : 1, '0')).join(':');
      const found = networkOf(`${text}/${length}`);
      const start = new Address6(`${text}/${length}`).startAddress().canonicalForm();
      expect(new Address6(found).canonicalForm()).toBe(start);
      expect(networkOf(found)).toBe(found);
    }),
  );
});
