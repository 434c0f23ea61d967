import { expect, test } from 'vitest';
import { isKernelMade } from '../../src/kinds/address/kernel-made.ts';

const linkLocal = (local: string) => ({ family: 'inet6', local, prefixlen: 64, scope: 'link' });

test('an address that came by itself is the kernel’s', () => {
  expect(isKernelMade(linkLocal('fe80::f816:3eff:fe77:12d0'))).toBe(true);
  expect(isKernelMade(linkLocal('fe80::ff:fe00:1'))).toBe(true);
  expect(isKernelMade({ ...linkLocal('fe80::1:2:3:4'), 'stable-privacy': true })).toBe(true);
  expect(isKernelMade({ ...linkLocal('2001:db8::1'), scope: 'global', dynamic: true })).toBe(true);
});

test('one that somebody gave a device is not', () => {
  expect(isKernelMade(linkLocal('fe80::a9fe:a9fe'))).toBe(false);
  expect(isKernelMade({ ...linkLocal('2001:db8::f816:3eff:fe77:12d0'), scope: 'global' })).toBe(false);
  expect(isKernelMade({ family: 'inet', local: '10.0.0.1', prefixlen: 24, scope: 'global', dynamic: true })).toBe(
    false,
  );
});
