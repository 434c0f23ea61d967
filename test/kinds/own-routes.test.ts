import { expect, test } from 'vitest';
import { lostRoutes } from '../../src/kinds/address/own-routes.ts';
import type { RawAddress, RawRoute } from '../../src/kernel/probes/ip.ts';
import { link } from '../support/view.ts';

const QR = link('qr-1', 2);
const PRIMARY: RawAddress = {
  family: 'inet',
  local: '10.0.0.1',
  prefixlen: 24,
  broadcast: '10.0.0.255',
  scope: 'global',
};
const SECONDARY: RawAddress = { ...PRIMARY, local: '10.0.0.2', secondary: true };
const LOCAL = { dev: 'qr-1', table: 'local', protocol: 'kernel' };

/** The routes that Linux 6.1 has after `ip addr add 10.0.0.1/24` and `10.0.0.2/24`. */
const ROUTES: readonly RawRoute[] = [
  { dst: '10.0.0.0/24', dev: 'qr-1', protocol: 'kernel', scope: 'link', prefsrc: '10.0.0.1', flags: [] },
  { ...LOCAL, type: 'local', dst: '10.0.0.1', scope: 'host', prefsrc: '10.0.0.1', flags: [] },
  { ...LOCAL, type: 'local', dst: '10.0.0.2', scope: 'host', prefsrc: '10.0.0.1', flags: [] },
  { ...LOCAL, type: 'broadcast', dst: '10.0.0.255', scope: 'link', prefsrc: '10.0.0.1', flags: [] },
];

test('an address and a second one of its subnet have lost no route: the source of both is the first', () => {
  expect([PRIMARY, SECONDARY].flatMap((raw) => lostRoutes(QR, raw, ROUTES))).toEqual([]);
});

test('the local route of a second address of a subnet is missed', () => {
  expect(lostRoutes(QR, SECONDARY, ROUTES.slice(0, 2))).toEqual(['local 10.0.0.2 dev qr-1 table local proto kernel']);
});

test('the multicast route of an old kernel, listed as a unicast one, is no lost route', () => {
  const raw: RawAddress = { family: 'inet6', local: '2001:db8::1', prefixlen: 128, scope: 'global' };
  const routes: readonly RawRoute[] = [
    { ...LOCAL, type: 'local', dst: '2001:db8::1', metric: 0, flags: [] },
    { dev: 'qr-1', table: 'local', protocol: 'boot', dst: 'ff00::/8', metric: 256, flags: [] },
  ];
  expect(lostRoutes(QR, raw, routes)).toEqual([]);
});
