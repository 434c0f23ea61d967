import { expect, test } from 'vitest';
import { parseIp } from '../../src/net/ip.ts';
import type { Ip } from '../../src/net/ip.ts';

/** What the compiler refuses: each line would be an error without the comment before it, and the comment would be one without the error. */
export function refused(ip: Ip, other: Ip): unknown[] {
  return [
    // @ts-expect-error an address has no sum
    ip + 1,
    // @ts-expect-error nor a text by itself
    ip + '/24',
    // @ts-expect-error nor a difference
    ip - other,
    // @ts-expect-error nor a product
    ip * 2,
    // @ts-expect-error its order is said by compareIps
    ip < other,
    // @ts-expect-error its order is said by compareIps
    ip >= other,
    // @ts-expect-error its network is said by blockAround
    ip & 255,
    // @ts-expect-error its network is said by blockAround
    ip >>> 8,
    // @ts-expect-error its network is said by blockAround
    ip << 8,
    // @ts-expect-error it is no number
    +ip,
    // @ts-expect-error it is no number
    ip === 1,
    // @ts-expect-error it is no number
    Math.max(ip, other),
    // @ts-expect-error a number is no address
    takesIp(1),
    // @ts-expect-error a bigint is no address
    takesIp(1n),
    // @ts-expect-error a text is no address
    takesIp('10.0.0.1'),
    // @ts-expect-error nor is any symbol
    takesIp(Symbol('10.0.0.1')),
  ];
}

function takesIp(ip: Ip): Ip {
  return ip;
}

test('what is left is to keep an address, to compare it and to look it up', () => {
  const ip = parseIp('10.0.0.1');
  expect(takesIp(ip) === parseIp('10.0.0.1')).toBe(true);
  expect(new Set<Ip>([ip, parseIp('::1')]).has(parseIp('::1'))).toBe(true);
});
