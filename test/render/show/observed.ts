import { kindName } from '../../../src/model/resource.ts';
import type { Netns, Observed } from '../../../src/model/resource.ts';

const ROUTER = 'qrouter-1';

function ours(netns: Netns, kind: string, name: string, spec: unknown): Observed {
  return { node: 'n1', netns, kind: kindName(kind), name, spec, owner: 'ours' };
}

/** A bridge with a NIC and a router's port, the router, and a foreign bridge. */
export const OBSERVED: readonly Observed[] = [
  { ...ours(null, 'nic', 'eth1', { bridge: 'brq1', up: true }), owner: 'foreign' },
  { ...ours(null, 'bridge', 'docker0', { up: true, attributes: {} }), owner: 'foreign' },
  { ...ours(null, 'address', '192.0.2.7/24%brq1', { device: 'brq1', cidr: '192.0.2.7/24' }), owner: 'foreign' },
  ours(null, 'bridge', 'brq1', { up: true, attributes: {} }),
  ours(null, 'netns', ROUTER, { owed: [], loUp: true }),
  ours(ROUTER, 'veth', 'qr-1', { mac: 'fa:16:3e:00:00:01', mtu: 1500, tap: { name: 'tap1', bridge: 'brq1' } }),
  ours(ROUTER, 'address', '10.0.0.1/24%qr-1', { device: 'qr-1', cidr: '10.0.0.1/24' }),
  ours(ROUTER, 'route', 'default', { nexthops: [{ gateway: '10.0.0.254', device: 'qr-1' }] }),
  ours(ROUTER, 'process', '/run/netloom/demo/x/state', { argv: ['dnsmasq', '--no-hosts'] }),
  ours(ROUTER, 'chain', '4/nat/snat', { builtin: false, rules: ['-o qg-1 -j SNAT --to-source 11.0.0.1'] }),
  ours(ROUTER, 'chain', '4/filter/FORWARD', { builtin: true, rules: ['-j x'] }),
];
