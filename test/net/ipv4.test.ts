import fc from 'fast-check';
import { Address4 } from 'ip-address';
import { describe, expect, test } from 'vitest';
import {
  addressOfCidr,
  cidrContains,
  cidrsOverlap,
  compareIps,
  formatCidr,
  hasHostBits,
  ipToNumber,
  isCidr,
  isIpv4,
  netmask,
  networkOf,
  numberToIp,
  parseCidr,
  without,
} from '../../src/net/ipv4.ts';

const address = fc.nat({ max: 0xffffffff });
const prefix = fc.integer({ min: 0, max: 32 });

describe('addresses', () => {
  test('numbers and text are one to one', () => {
    fc.assert(fc.property(address, (number) => ipToNumber(numberToIp(number)) === number));
    expect(ipToNumber('255.255.255.255')).toBe(0xffffffff);
  });

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1.2.3.4/24',
    '0x1.2.3.4',
    '1.2.3.-4',
    '::1',
    '1.2.3.4\n',
  ])('refuses %j', (text) => {
    expect(isIpv4(text)).toBe(false);
    expect(() => ipToNumber(text)).toThrow(RangeError);
  });

  test('what is an address or a block, and which, is what the package ip-address says', () => {
    const group = fc.oneof(
      fc.nat({ max: 300 }).map(String),
      fc.constantFrom('0', '00', '01', '099', '', '-1', 'a', ' 1'),
    );
    const groups = fc.array(group, { minLength: 3, maxLength: 5 }).map((all) => all.join('.'));
    const whole = fc.array(fc.nat({ max: 257 }), { minLength: 4, maxLength: 4 }).map((all) => all.join('.'));
    const end = fc.oneof(
      fc.constantFrom('', '/', '/00', '/08', '/032', '/8/8', '\n'),
      fc.nat({ max: 34 }).map((length) => `/${length}`),
    );
    fc.assert(
      fc.property(fc.oneof(groups, whole), end, (start, rest) => {
        const text = start + rest;
        const known = Address4.isValid(text) ? new Address4(text) : undefined;
        expect(isCidr(text)).toBe(known !== undefined && text.includes('/'));
        expect(isIpv4(text)).toBe(known !== undefined && !text.includes('/'));
        if (isIpv4(text)) expect(ipToNumber(text)).toBe(Number(known?.bigInt()));
        if (!isCidr(text)) return;
        const { network, prefixLength } = parseCidr(text);
        expect([network, prefixLength]).toEqual([Number(known?.startAddress().bigInt()), known?.subnetMask]);
      }),
      { numRuns: 2000 },
    );
  });

  test('order is that of numbers', () => {
    expect(['10.0.0.1', '9.0.0.1', '10.0.0.0'].sort(compareIps)).toEqual(['9.0.0.1', '10.0.0.0', '10.0.0.1']);
  });

  test.each([-1, 2 ** 32, 1.5, NaN])('%d is no address', (number) => {
    expect(() => numberToIp(number)).toThrow(RangeError);
  });
});

describe('blocks', () => {
  test('an address lies in its own block, and the ends do', () => {
    fc.assert(
      fc.property(address, prefix, (number, length) => {
        const text = `${numberToIp(number)}/${String(length)}`;
        const cidr = parseCidr(text);
        expect(cidr.broadcast - cidr.network).toBe(2 ** (32 - length) - 1);
        expect(cidrContains(text, numberToIp(number))).toBe(true);
        expect(networkOf(text)).toBe(formatCidr(cidr));
        expect(hasHostBits(text)).toBe(cidr.network !== number);
        expect(addressOfCidr(text)).toBe(numberToIp(number));
      }),
    );
  });

  test('two blocks overlap exactly when one holds the other', () => {
    fc.assert(
      fc.property(address, prefix, address, prefix, (a, m, b, n) => {
        const [one, two] = [`${numberToIp(a)}/${String(m)}`, `${numberToIp(b)}/${String(n)}`];
        const nested =
          cidrContains(one, addressOfCidr(networkOf(two))) || cidrContains(two, addressOfCidr(networkOf(one)));
        expect(cidrsOverlap(one, two)).toBe(nested);
      }),
    );
  });

  test('hosts leave out network and broadcast address, but not where there are none', () => {
    const hosts = (cidr: string): string[] => [parseCidr(cidr).first, parseCidr(cidr).last].map(numberToIp);
    expect(hosts('10.0.0.0/24')).toEqual(['10.0.0.1', '10.0.0.254']);
    expect(hosts('10.0.0.0/30')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(hosts('10.0.0.0/31')).toEqual(['10.0.0.0', '10.0.0.1']);
    expect(hosts('10.0.0.7/32')).toEqual(['10.0.0.7', '10.0.0.7']);
  });

  test.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/024', '010.0.0.0/8', '::/0', '10/8'])(
    'refuses %j',
    (text) => {
      expect(isCidr(text)).toBe(false);
      expect(() => parseCidr(text)).toThrow(RangeError);
    },
  );

  test('netmasks', () => {
    expect([0, 8, 20, 31, 32].map(netmask)).toEqual([
      '0.0.0.0',
      '255.0.0.0',
      '255.255.240.0',
      '255.255.255.254',
      '255.255.255.255',
    ]);
    expect(() => netmask(33)).toThrow(RangeError);
  });
});

describe('ranges', () => {
  test('holes are cut out', () => {
    expect(without({ first: 1, last: 9 }, [5, 1, 9, 5, 77])).toEqual([
      { first: 2, last: 4 },
      { first: 6, last: 8 },
    ]);
    expect(without({ first: 1, last: 1 }, [1])).toEqual([]);
    expect(without({ first: 1, last: 3 }, [])).toEqual([{ first: 1, last: 3 }]);
  });
});
