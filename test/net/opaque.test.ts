import { expect, test } from 'vitest';
import { parseIp } from '../../src/net/ip.ts';
import type { Ip } from '../../src/net/ip.ts';

/**
 * Expressions that the compiler refuses: without its comment a line is an error, and without an error the comment is
 * one.
 */
export function refused(ip: Ip, other: Ip): unknown[] {
  return [
    // @ts-expect-error an address cannot be added to
    ip + 1,
    // @ts-expect-error nor joined with a text
    ip + '/24',
    // @ts-expect-error nor subtracted
    ip - other,
    // @ts-expect-error nor multiplied
    ip * 2,
    // @ts-expect-error compareIps compares addresses
    ip < other,
    // @ts-expect-error compareIps compares addresses
    ip >= other,
    // @ts-expect-error blockAround gives the network of an address
    ip & 255,
    // @ts-expect-error blockAround gives the network of an address
    ip >>> 8,
    // @ts-expect-error blockAround gives the network of an address
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

test('an address can be stored, compared and used as a key', () => {
  const ip = parseIp('10.0.0.1');
  expect(takesIp(ip) === parseIp('10.0.0.1')).toBe(true);
  expect(new Set<Ip>([ip, parseIp('::1')]).has(parseIp('::1'))).toBe(true);
});
