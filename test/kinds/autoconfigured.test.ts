import { expect, test } from 'vitest';
import { isAutoconfigured } from '../../src/kinds/address/autoconfigured.ts';

const linkLocal = (local: string) => ({ family: 'inet6', local, prefixlen: 64, scope: 'link' });

test('an autoconfigured address is the kernel’s', () => {
  const theirs = [
    linkLocal('fe80::f816:3eff:fe77:12d0'),
    linkLocal('fe80::ff:fe00:1'),
    { ...linkLocal('fe80::1:2:3:4'), 'stable-privacy': true },
    { ...linkLocal('2001:db8::1'), scope: 'global', dynamic: true },
  ];
  expect(theirs.filter(isAutoconfigured)).toEqual(theirs);
});

test('an address that was set explicitly is not', () => {
  const given = [
    linkLocal('fe80::a9fe:a9fe'),
    { ...linkLocal('2001:db8::f816:3eff:fe77:12d0'), scope: 'global' },
    { family: 'inet', local: '10.0.0.1', prefixlen: 24, scope: 'global', dynamic: true },
  ];
  expect(given.filter(isAutoconfigured)).toEqual([]);
});
