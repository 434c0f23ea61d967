import { vethLink } from '../../../src/kinds/veth-link/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { br0, br1, loose, node, port, router, varied } from './objects.ts';

const link = varied(vethLink(node, 'qvb1', { peer: 'qvo1', bridge: 'brq0', mtu: 1500 }, ORIGIN), {
  macs: ['fa:16:3e:00:00:b3', 'fa:16:3e:00:00:b4'],
});

/** Veth pairs: into a namespace, and between two switches. */
export const VETHS: readonly KindCase[] = [
  {
    title: 'veth that writes its checksums itself',
    base: [router],
    object: varied(loose, { txChecksums: false }),
    updates: {},
    damages: {
      txChecksums: `ip netns exec qrouter-1 perl -e '
        socket(my $s, 2, 2, 0); my $v = pack "L2", 0x17, 1; ioctl($s, 0x8946, my $r = pack "Z16 P x16", "eth0", $v) or die $!'`,
    },
    fixed: Object.fromEntries(
      Object.keys(loose.spec)
        .flatMap((field) => [field, ...Object.keys(loose.spec.tap).map((inner) => `tap.${inner}`)])
        .map((field) => [field, 'below']),
    ),
  },
  {
    title: 'veth between two switches',
    base: [br0, br1],
    object: link,
    updates: {
      peer: varied(link, { peer: 'qvo2' }),
      bridge: varied(link, { bridge: 'brq1' }),
      mtu: varied(link, { mtu: 1400 }),
      up: varied(link, { up: false }),
      macs: varied(link, { macs: ['fa:16:3e:00:00:b1', 'fa:16:3e:00:00:b2'] }),
    },
    damages: { marked: 'ip link set dev qvb1 alias ""' },
    fixed: {},
  },
  {
    title: 'veth',
    base: [br0, br1, router],
    object: port,
    updates: {
      mac: varied(port, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(port, { mtu: 1450 }),
      up: varied(port, { up: false }),
      attributes: varied(port, { attributes: { txqueuelen: '99', arp: 'off' } }),
      'tap.name': varied(port, { tap: { ...port.spec.tap, name: 'tap2' } }),
      'tap.mtu': varied(port, { tap: { ...port.spec.tap, mtu: 1400 } }),
      'tap.up': varied(port, { tap: { ...port.spec.tap, up: false } }),
      'tap.bridge': varied(port, { tap: { ...port.spec.tap, bridge: 'brq1' } }),
      'tap.attributes': varied(port, { tap: { ...port.spec.tap, attributes: { hairpin: 'on', txqueuelen: '44' } } }),
    },
    damages: { marked: 'ip link set dev tap1 alias ""' },
    fixed: { guest: 'where it stands' },
  },
];
