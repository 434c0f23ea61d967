import { describe, it, expect } from 'vitest';
import { borrowed } from '../support/borrowed.ts';
import { expectSame } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';

ownLabs();

describe('NIC state that a long bridge name or a short listing could lose', () => {
  const network = labOf(() => borrowed('e2e-odd'), { trials: false });

  it.each([
    {
      what: 'a label that is too long after the bridge’s longer name',
      comes: 'ip address add 10.51.0.1/24 dev eth1 label eth1:web',
    },
    {
      what: 'the weights of next hops',
      comes: `ip address add 10.51.0.1/24 dev eth1
        ip route add 10.97.0.0/16 nexthop via 10.51.0.8 dev eth1 weight 3 nexthop via 10.51.0.9 dev eth1 weight 1`,
    },
    {
      what: 'the TCP settings of a route',
      comes: 'ip address add 10.51.0.1/24 dev eth1; ip route add 10.97.0.0/16 via 10.51.0.8 mtu 1300 initcwnd 20',
    },
    { what: 'a route over several devices', comes: 'ip route add 10.97.0.0/16 nexthop dev eth1 nexthop dev lo' },
  ])('$what: it is restored after the network is deleted', async ({ comes }) => {
    await network().in('node1', comes);
    const before = await snapshots(network());
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    await network().destroy();
    const after = await snapshots(network());
    await network().in('node1', 'ip route flush 10.97.0.0/16; ip -4 address flush dev eth1');
    expectSame(before, after);
  });
});
