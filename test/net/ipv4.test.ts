import fc from 'fast-check';
import { Address4 } from 'ip-address';
import { describe, expect, test } from 'vitest';
import {
  addressOfCidr,
  cidrContains,
  formatBlock,
  hasHostBits,
  isCidr,
  networkOf,
  overlaps,
  parseBlock,
} from '../../src/net/block.ts';
import { compareIps, formatIp, parseIp } from '../../src/net/ip.ts';
import { isIpv4, netmask } from '../../src/net/ipv4.ts';
import { formatIpv4, readIpv4, readIpv4Cidr } from '../../src/net/raw/ipv4.ts';
import { subtractAddresses } from '../../src/net/range.ts';
import { ipv4, raw } from '../../src/net/raw/address.ts';

const address = fc.nat({ max: 0xffffffff });
const prefix = fc.integer({ min: 0, max: 32 });

describe('addresses', () => {
  test('numbers and texts convert both ways', () => {
    fc.assert(fc.property(address, (number) => raw(parseIp(formatIp(ipv4(number)))) === number));
    expect(readIpv4('255.255.255.255')).toBe(0xffffffff);
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
    expect(text).not.toSatisfy(isIpv4);
    expect(readIpv4(text)).toBe(undefined);
    if (text !== '::1') expect(() => parseIp(text)).toThrow(RangeError);
  });

  test('isIpv4, isCidr and parseBlock agree with the package ip-address', () => {
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
        if (isIpv4(text)) expect(raw(parseIp(text))).toBe(Number(known?.bigInt()));
        if (!isCidr(text)) return;
        const { network, prefixLength } = parseBlock(text);
        expect([raw(network), prefixLength]).toEqual([Number(known?.startAddress().bigInt()), known?.subnetMask]);
      }),
      { numRuns: 2000 },
    );
  });

  test('compareIps sorts numerically', () => {
    expect(['10.0.0.1', '9.0.0.1', '10.0.0.0'].map(parseIp).sort(compareIps).map(formatIp)).toEqual([
      '9.0.0.1',
      '10.0.0.0',
      '10.0.0.1',
    ]);
  });

  test.each([-1, 2 ** 32, 1.5, NaN])('formatIpv4 refuses %d', (number) => {
    expect(() => formatIpv4(number)).toThrow(RangeError);
  });
});

describe('blocks', () => {
  test('a block contains its address', () => {
    fc.assert(
      fc.property(address, prefix, (number, length) => {
        const text = `${formatIpv4(number)}/${String(length)}`;
        const cidr = parseBlock(text);
        expect(Number(raw(cidr.last)) - Number(raw(cidr.network))).toBe(2 ** (32 - length) - 1);
        expect(cidrContains(text, formatIpv4(number)), `${text} holds ${formatIpv4(number)}`).toBe(true);
        expect(networkOf(text)).toBe(formatBlock(cidr));
        expect(hasHostBits(text)).toBe(cidr.network !== ipv4(number));
        expect(addressOfCidr(text)).toBe(formatIpv4(number));
      }),
    );
  });

  test('two blocks overlap exactly if one contains the other', () => {
    fc.assert(
      fc.property(address, prefix, address, prefix, (a, m, b, n) => {
        const [one, two] = [`${formatIpv4(a)}/${String(m)}`, `${formatIpv4(b)}/${String(n)}`];
        const nested =
          cidrContains(one, addressOfCidr(networkOf(two))) || cidrContains(two, addressOfCidr(networkOf(one)));
        expect(overlaps(parseBlock(one), parseBlock(two))).toBe(nested);
      }),
    );
  });

  test('host addresses exclude the network and broadcast address, except in a /31 and a /32', () => {
    const hosts = (cidr: string): string[] => [parseBlock(cidr).firstHost, parseBlock(cidr).lastHost].map(formatIp);
    expect(hosts('10.0.0.0/24')).toEqual(['10.0.0.1', '10.0.0.254']);
    expect(hosts('10.0.0.0/30')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(hosts('10.0.0.0/31')).toEqual(['10.0.0.0', '10.0.0.1']);
    expect(hosts('10.0.0.7/32')).toEqual(['10.0.0.7', '10.0.0.7']);
  });

  test.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/024', '010.0.0.0/8', '::/0', '10/8'])(
    'refuses %j',
    (text) => {
      expect(readIpv4Cidr(text)).toBe(undefined);
      if (text === '::/0') return;
      expect(text).not.toSatisfy(isCidr);
      expect(() => parseBlock(text)).toThrow(RangeError);
    },
  );

  test('netmask returns the mask of a prefix length', () => {
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
  test('subtractAddresses removes the given addresses', () => {
    const cut = (first: number, last: number, holes: readonly number[]): readonly string[] =>
      subtractAddresses({ first: ipv4(first), last: ipv4(last) }, holes.map(ipv4)).map(
        (range) => `${String(raw(range.first))}-${String(raw(range.last))}`,
      );
    expect(cut(1, 9, [5, 1, 9, 5, 77])).toEqual(['2-4', '6-8']);
    expect(cut(1, 1, [1])).toEqual([]);
    expect(cut(1, 3, [])).toEqual(['1-3']);
  });
});
