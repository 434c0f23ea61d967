import fc from 'fast-check';
import { Address4, Address6 } from 'ip-address';
import { describe, expect, test } from 'vitest';
import {
  BITS,
  blocksHolding,
  broadcastOf,
  compareBlocks,
  contains,
  formatBlock,
  hasHostBits,
  overlaps,
  parseBlock,
  reservedIn,
  sizeOfBlock,
} from '../../src/net/block.ts';
import { AddressPool } from '../../src/net/address-pool.ts';
import { overlapping } from '../../src/net/block-map.ts';
import { compareIps, familyOf, formatIp, hexOf, ipOfHex, isIp, parseIp } from '../../src/net/ip.ts';
import type { Ip } from '../../src/net/ip.ts';
import { endsBeforeItStarts, isWithin, rangesOverlap, subtractAddresses } from '../../src/net/range.ts';
import { next, previous, raw } from '../../src/net/raw/address.ts';
import { anyIp, blockWith, nearIp } from '../arbitraries/addresses.ts';

/** Reads a text, with or without a prefix length, with another library. */
function known(text: string): Address4 | Address6 {
  return text.includes(':') ? new Address6(text) : new Address4(text);
}

const nearBlock = blockWith(nearIp);

describe('addresses of both families', () => {
  test('texts and addresses convert both ways, to the values of the package ip-address', () => {
    fc.assert(
      fc.property(anyIp, (ip) => {
        const text = formatIp(ip);
        expect(text).toSatisfy(isIp);
        expect(parseIp(text)).toBe(ip);
        expect(known(text).bigInt()).toBe(BigInt(raw(ip)));
        expect(familyOf(ip)).toBe(text.includes(':') ? 6 : 4);
        expect(ipOfHex(hexOf(ip))).toBe(ip);
        expect(hexOf(ip)).toHaveLength(BITS[familyOf(ip)] / 4);
      }),
    );
  });

  test('different spellings give the same address', () => {
    expect(parseIp('2001:DB8:0:0::1')).toBe(parseIp('2001:db8::1'));
    expect(parseIp('::ffff:1.2.3.4')).not.toBe(parseIp('1.2.3.4'));
    expect(new Map([[parseIp('fe80::1'), 'found']]).get(parseIp('fe80:0::1'))).toBe('found');
  });

  test.each(['', 'x', '1.2.3', '::1%eth0', 'fe80::/64', '1::2::3', '01.2.3.4'])('refuses %j', (text) => {
    expect(text).not.toSatisfy(isIp);
    expect(() => parseIp(text)).toThrow(RangeError);
  });

  test.each(['', '0a00000', '0a0000011', '0A000001', 'xyzw0001', 'g'.repeat(32)])('ipOfHex refuses %j', (text) => {
    expect(ipOfHex(text)).toBe(undefined);
  });

  test('compareIps sorts IPv4 before IPv6, and each family numerically', () => {
    fc.assert(
      fc.property(fc.oneof(anyIp, nearIp), fc.oneof(anyIp, nearIp), (a, b) => {
        const [one, other] = [known(formatIp(a)).bigInt(), known(formatIp(b)).bigInt()];
        const expected = familyOf(a) - familyOf(b) || (one < other ? -1 : one > other ? 1 : 0);
        expect(Math.sign(compareIps(a, b))).toBe(Math.sign(expected));
      }),
    );
  });

  test('next and previous differ by one, and stop at the ends of the family', () => {
    fc.assert(
      fc.property(anyIp, (ip) => {
        const after = next(ip);
        if (after !== undefined) {
          expect(BigInt(raw(after)) - BigInt(raw(ip))).toBe(1n);
          expect(previous(after)).toBe(ip);
        } else expect(hexOf(ip)).toMatch(/^f+$/);
      }),
    );
    expect(() => previous(parseIp('0.0.0.0'))).toThrow(RangeError);
    expect(() => previous(parseIp('::'))).toThrow(RangeError);
  });
});

describe('blocks of both families', () => {
  test('their first and last addresses are those of the package ip-address', () => {
    fc.assert(
      fc.property(anyIp, fc.integer({ min: 0, max: 128 }), (ip, some) => {
        const length = Math.min(some, BITS[familyOf(ip)]);
        const text = `${formatIp(ip)}/${String(length)}`;
        const block = parseBlock(text);
        const other = known(text);
        expect(BigInt(raw(block.network))).toBe(other.startAddress().bigInt());
        expect(BigInt(raw(block.last))).toBe(other.endAddress().bigInt());
        expect(block.prefixLength).toBe(length);
        expect(parseBlock(formatBlock(block))).toEqual(block);
        expect(hasHostBits(text)).toBe(ip !== block.network);
        expect(sizeOfBlock(block)).toBe(2 ** (BITS[familyOf(ip)] - length));
      }),
    );
  });

  test('a block contains the same addresses as in the package ip-address', () => {
    fc.assert(
      fc.property(nearBlock, nearIp, (block, ip) => {
        const [one, other] = [known(formatIp(ip)), known(formatBlock(block))];
        const same = familyOf(ip) === familyOf(block.network);
        expect(contains(block, ip)).toBe(same && one.isInSubnet(other as never));
      }),
    );
  });

  test('two blocks overlap exactly if one contains the other, and never across families', () => {
    fc.assert(
      fc.property(nearBlock, nearBlock, (a, b) => {
        expect(overlaps(a, b)).toBe(contains(a, b.network) || contains(b, a.network));
        if (familyOf(a.network) !== familyOf(b.network))
          expect([a, b].map(formatBlock)).not.toSatisfy(() => overlaps(a, b));
      }),
    );
  });

  test('compareBlocks sorts a block before the blocks inside it', () => {
    fc.assert(
      fc.property(nearBlock, nearBlock, (a, b) => {
        if (contains(a, b.network) && a.prefixLength < b.prefixLength) expect(compareBlocks(a, b)).toBeLessThan(0);
        expect(compareBlocks(a, b) === 0).toBe(formatBlock(a) === formatBlock(b));
      }),
    );
  });

  test('blocksHolding returns blocks that contain the address, each half as large as the one before', () => {
    fc.assert(
      fc.property(anyIp, fc.integer({ min: 0, max: 32 }), (ip, shortest) => {
        const all = [...blocksHolding(ip, shortest)];
        expect(all.map(({ prefixLength }) => prefixLength)).toEqual(all.map((_, index) => shortest + index));
        expect(all.at(-1)).toMatchObject({ network: ip, last: ip });
        expect(all.filter((block) => !contains(block, ip)).map(formatBlock)).toEqual([]);
      }),
    );
  });

  const hosts = (cidr: string): readonly string[] =>
    [parseBlock(cidr).firstHost, parseBlock(cidr).lastHost].map(formatIp);

  test('host addresses exclude the network address and, in IPv4, the broadcast address', () => {
    expect(hosts('10.0.0.0/30')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(hosts('0.0.0.0/0')).toEqual(['0.0.0.1', '255.255.255.254']);
    expect(hosts('fd00::/64')).toEqual(['fd00::1', 'fd00::ffff:ffff:ffff:ffff']);
    expect(hosts('fd00::2/127')).toEqual(['fd00::2', 'fd00::3']);
    expect(hosts('fd00::2/128')).toEqual(['fd00::2', 'fd00::2']);
  });

  test('reservedIn finds the network address and the broadcast address', () => {
    const which = (cidr: string, ip: string): string | undefined => reservedIn(parseBlock(cidr), parseIp(ip));
    expect(which('10.0.0.0/24', '10.0.0.0')).toBe('network');
    expect(which('10.0.0.0/24', '10.0.0.255')).toBe('broadcast');
    expect(which('10.0.0.0/24', '10.0.0.254')).toBe(undefined);
    expect(which('10.0.0.0/31', '10.0.0.0')).toBe(undefined);
    expect(which('10.0.0.0/32', '10.0.0.0')).toBe(undefined);
    expect(which('fd00::/64', 'fd00::')).toBe('network');
    expect(which('fd00::/64', 'fd00::ffff:ffff:ffff:ffff')).toBe(undefined);
    expect(which('10.0.0.0/24', 'fd00::')).toBe(undefined);
  });

  test('a prefix length with a leading zero counts as host bits', () => {
    expect('10.0.0.0/08').toSatisfy(hasHostBits);
  });

  test('a /31, a /32 and IPv6 have no broadcast address', () => {
    expect(broadcastOf('10.0.0.5/24')).toBe('10.0.0.255');
    expect(broadcastOf('10.0.0.4/31')).toBe('10.0.0.4');
    expect(broadcastOf('10.0.0.5/32')).toBe('10.0.0.5');
    expect(() => broadcastOf('fd00::1/64')).toThrow(RangeError);
  });
});

describe('ranges of both families', () => {
  const range = fc.tuple(nearIp, nearIp).map(([first, last]) => ({ first, last }));

  test('isWithin compares addresses numerically, within one family', () => {
    fc.assert(
      fc.property(range, nearIp, ({ first, last }, ip) => {
        fc.pre(familyOf(first) === familyOf(last));
        const same = familyOf(ip) === familyOf(first);
        expect(isWithin({ first, last }, ip)).toBe(same && raw(first) <= raw(ip) && raw(ip) <= raw(last));
        expect(endsBeforeItStarts({ first, last })).toBe(raw(first) > raw(last));
      }),
    );
  });

  test('rangesOverlap is true if the ranges share an address', () => {
    fc.assert(
      fc.property(range, range, (a, b) => {
        for (const { first, last } of [a, b])
          fc.pre(compareIps(first, last) <= 0 && familyOf(first) === familyOf(last));
        expect(rangesOverlap(a, b)).toBe(isWithin(a, b.first) || isWithin(b, a.first));
      }),
    );
  });

  test('subtractAddresses keeps all other addresses, once and in order', () => {
    fc.assert(
      fc.property(nearBlock, fc.array(nearIp, { maxLength: 20 }), (block, holes) => {
        fc.pre(sizeOfBlock(block) <= 64);
        const all = addressesOf(block.network, block.last);
        const left = subtractAddresses({ first: block.network, last: block.last }, holes);
        const expected = all.filter((ip) => !holes.includes(ip));
        expect(left.flatMap(({ first, last }) => addressesOf(first, last))).toEqual(expected);
      }),
    );
  });

  test('AddressPool returns each free address of the ranges once, upwards from a position with a wrap', () => {
    fc.assert(
      fc.property(
        fc.array(nearBlock, { maxLength: 4 }),
        fc.array(nearIp, { maxLength: 20 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (blocks, foreign, fraction) => {
          const clashing = overlapping(blocks);
          const small = blocks.filter((block) => sizeOfBlock(block) <= 64 && !clashing.has(block));
          const taken = new Set(foreign);
          const ranges = small.map(({ network: first, last }) => ({ first, last }));
          const pool = new AddressPool(ranges, (ip) => taken.has(ip));
          const all = small.flatMap(({ network, last }) => addressesOf(network, last));
          const start = Math.floor(fraction * all.length);
          const expected = [...all.slice(start), ...all.slice(0, start)].filter((ip) => !taken.has(ip));
          for (const ip of expected) {
            expect(pool.from(fraction)).toBe(ip);
            taken.add(ip);
          }
          expect(pool.from(fraction)).toBe(undefined);
        },
      ),
    );
  });
});

function addressesOf(first: Ip, last: Ip): readonly Ip[] {
  const all: Ip[] = [];
  for (let ip: Ip | undefined = first; ip !== undefined && compareIps(ip, last) <= 0; ip = next(ip)) all.push(ip);
  return all;
}
