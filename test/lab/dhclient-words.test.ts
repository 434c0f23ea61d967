import { describe, expect, test } from 'vitest';
import { outputOf, programPath } from '../support/program.ts';

/** The variables of dhcp.sh in udhcpc's format, converted from dhclient's: the event and the lease. */
function said(words: string, env: Readonly<Record<string, string>>, event = ''): string {
  return outputOf(
    ['sh', '-uc', `. "$0"; printf %s "${words}"`, programPath('lab/scripts/dhclient-words.sh'), event],
    env,
  );
}

describe('the event', () => {
  test.each([
    ['PREINIT', 'deconfig'],
    ['BOUND', 'bound'],
    ['REBOOT', 'bound'],
    ['RENEW', 'renew'],
    ['EXPIRE', 'deconfig'],
    ['MEDIUM', 'ignored'],
  ])('of dhclient: %s', (reason, event) => {
    expect(said('$1', { reason })).toBe(event);
  });

  test('of udhcpc is its argument', () => {
    expect(said('$1', {}, 'bound')).toBe('bound');
  });
});

test.each([
  ['255.255.255.0', '24'],
  ['255.255.240.0', '20'],
  ['255.255.255.255', '32'],
  ['128.0.0.0', '1'],
  ['0.0.0.0', '0'],
])('the mask %s has %s bits', (mask, length) => {
  expect(said('$mask', { reason: 'BOUND', new_subnet_mask: mask })).toBe(length);
});

test('a lease with only an address has no options', () => {
  const words = '$ip/$mask [$router] [$dns] [$mtu] [$staticroutes]';
  expect(said(words, { reason: 'BOUND', new_ip_address: '10.0.0.9' })).toBe('10.0.0.9/32 [] [] [] []');
});

describe('classless routes', () => {
  const routes = (bytes: string): string =>
    said('$staticroutes', { reason: 'BOUND', new_rfc3442_classless_static_routes: bytes }).trimEnd();

  test('have as many bytes of the network as its length needs', () => {
    expect(routes('0 10 0 0 1')).toBe('0.0.0.0/0 10.0.0.1');
    expect(routes('8 10 10 0 0 1')).toBe('10.0.0.0/8 10.0.0.1');
    expect(routes('24 192 168 5 10 0 0 1')).toBe('192.168.5.0/24 10.0.0.1');
    expect(routes('32 169 254 169 254 10 0 0 2')).toBe('169.254.169.254/32 10.0.0.2');
  });

  test('follow one another', () => {
    expect(routes('32 169 254 169 254 10 0 0 2 0 10 0 0 1')).toBe('169.254.169.254/32 10.0.0.2 0.0.0.0/0 10.0.0.1');
  });
});
