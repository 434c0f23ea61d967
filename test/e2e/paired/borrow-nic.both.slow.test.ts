import { beforeAll, describe, expect, it } from 'vitest';
import { byMechanism } from '../../support/mechanism.ts';
import { expectSame, refusals } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs, until } from '../support/suite.ts';
import { borrowed } from '../support/borrowed.ts';
import { allBound } from '../support/traffic.ts';

const BRIDGE = byMechanism({ linuxbridge: 'brqaaaaaaaa-bb', openvswitch: 'br-eth1' });

/** Addresses and routes that an administrator may have set on a NIC. The peer keeps pinging the first address. */
const ADDRESSES = `set -e
  ip address add 10.50.0.1/24 brd + dev eth1
  ip address add 10.50.0.2/24 brd + dev eth1
  ip address add 10.51.0.1/24 brd 10.51.0.255 dev eth1
  ip address add 10.52.0.1 peer 10.52.0.2/32 dev eth1
  ip address add 10.53.0.1/24 dev eth1 scope link
  ip address add 10.54.0.1/24 dev eth1 noprefixroute
  ip address add 10.55.0.1/24 metric 300 dev eth1
  ip address add fd00:50::1/64 dev eth1 nodad
  ip address add fd00:51::1/128 dev eth1 nodad`;
const ROUTES = `set -e
  ip route add default via 10.50.0.9 dev eth1 metric 100
  ip route add default via 10.50.0.8 dev eth1 metric 200 proto static
  ip route add 192.0.2.0/24 via 10.50.0.9
  ip route add 192.0.2.0/24 via 10.50.0.8 metric 50
  ip route add 192.0.2.128/25 via 10.50.0.9 tos 0x10
  ip route add 198.51.100.0/24 via 172.31.0.1 dev eth1 onlink
  ip route add 203.0.113.0/24 dev eth1 src 10.50.0.2
  ip route add 10.98.0.0/16 via 10.50.0.9 src 10.51.0.1 metric 7 proto 42 mtu 1400 advmss 1300
  ip route add 10.99.0.0/16 via 10.50.0.9 table 100
  ip route add default via 10.50.0.8 table 100
  ip route add 10.97.0.0/16 nexthop via 10.50.0.9 dev eth1 nexthop via 10.50.0.8 dev eth1
  ip -6 route add fd00:60::/64 via fd00:50::9
  ip -6 route add fd00:60::/64 via fd00:50::8 metric 2048
  ip -6 route add default via fe80::9 dev eth1 metric 512
  ip -6 route add fd00:61::/64 dev eth1 table 100`;

/** Returns a script that prints a device's addresses and routes as words of `ip`, without the device's name. */
function printState(device: string): string {
  return `{ ip -d -o address show dev ${device} | grep -v 'scope link.*fe80\\|inet6 fe80'
    for family in -4 -6; do ip -d $family route show table all dev ${device}; done; ip -d route show 10.97.0.0/16
    } | grep -v 'fe80::/64\\|ff00::/8\\|local fe80\\|anycast' |
      sed -E 's/^[0-9]+: //; s/\\b${device}\\b/DEVICE/g; s/ linkdown//; s/ +/ /g' | sort`;
}

ownLabs();

describe('a borrowed NIC', () => {
  const network = labOf(() => borrowed('e2e-borrow'), { trials: false });
  let before: Record<string, string> = {};
  let stood = '';

  /** Returns the number of unanswered pings from the other node while an action ran. */
  const lost = async (to: string, work: () => Promise<unknown>): Promise<number> => {
    const stream = network().try('peer', `exec ping -n -i 0.05 -c 60 -W 1 ${to}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await work();
    const [, sent = '', received = ''] = /(\d+) packets transmitted, (\d+) received/.exec((await stream).stdout) ?? [];
    expect(sent).toBe('60');
    return Number(sent) - Number(received);
  };

  beforeAll(async () => {
    await network().in('node1', ADDRESSES);
    await network().in('node1', ROUTES);
    // The lab sets a declared address on the NIC; a freshly installed node has none, so netloom must set it.
    await network().in('node2', 'ip address del 10.50.0.20/24 dev eth1');
    before = await snapshots(network());
    stood = await network().in('node1', printState('eth1'));
  });

  it('all its addresses and routes move to the bridge, without interruption', async () => {
    await expect(network()).toPing('peer', '10.50.0.1');
    expect(await lost('10.50.0.1', () => network().apply())).toBeLessThanOrEqual(2);
    expect((await network().in('node1', printState(BRIDGE))).split('\n')).toEqual(stood.split('\n'));
    expect(await network().in('node1', 'ip -4 -o address show dev eth1; ip -4 route show dev eth1')).toBe('');
    await allBound(network());
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('it carries the network too', async () => {
    const { address } = network().resolved.instances.get('guest2')!.ports[0]!.fixedIps[0]!;
    await expect(network()).toPing('guest1', address);
    await expect(network()).toPing('peer', '10.50.0.2', 3);
  });

  it('the addresses declared in the file are set with our mark', async () => {
    expect(await network().in('node2', 'ip -4 -o address show')).toContain(
      `inet 10.50.0.20/24 brd 10.50.0.255 scope global ${BRIDGE}:\\`,
    );
    await expect(network()).toPing('peer', '10.50.0.20');
  });

  it('addresses and routes set on the NIC later move too', async () => {
    await network().in(
      'node1',
      'ip address add 10.57.0.1/24 dev eth1; ip route add 10.56.0.0/16 via 10.57.0.9 dev eth1',
    );
    await network().apply();
    expect(await network().in('node1', `ip -4 route show 10.56.0.0/16`)).toContain(`via 10.57.0.9 dev ${BRIDGE}`);
    await network().in('node1', `ip route del 10.56.0.0/16; ip address del 10.57.0.1/24 dev ${BRIDGE}`);
  });

  it('it is as before after the network is deleted, without interruption', async () => {
    expect(await lost('10.50.0.1', () => network().destroy())).toBeLessThanOrEqual(2);
    expect((await network().in('node1', printState('eth1'))).split('\n')).toEqual(stood.split('\n'));
    expectSame(before, await snapshots(network()));
  });
});

describe('a NIC that another program manages', () => {
  const network = labOf(() => borrowed('e2e-managed'), { trials: false });
  const refused = (who: string): string => `NLP02 node1: eth1 of node1 can't be put into a bridge because of ${who}`;

  it.each([
    {
      who: 'the dynamic address 10.50.0.77/24',
      comes: 'ip address add 10.50.0.77/24 dev eth1 valid_lft 300 preferred_lft 300',
      goes: 'ip address del 10.50.0.77/24 dev eth1',
    },
    {
      who: 'systemd-networkd',
      comes: `mkdir -p /run/systemd/netif/links
        echo ADMIN_STATE=configured >/run/systemd/netif/links/$(cat /sys/class/net/eth1/ifindex)`,
      goes: 'rm -r /run/systemd',
    },
    {
      who: 'NetworkManager',
      comes: `mkdir -p /run/NetworkManager/devices
        printf '[device]\\nmanaged=true\\n' >/run/NetworkManager/devices/$(cat /sys/class/net/eth1/ifindex)`,
      goes: 'rm -r /run/NetworkManager',
    },
    {
      who: 'udhcpc',
      comes: `setsid perl -e "exec { 'busybox' } @ARGV" udhcpc -f -i eth1 -s /bin/true </dev/null >/dev/null 2>&1 &
        echo $! >/run/client; sleep 0.3`,
      goes: 'kill $(cat /run/client); rm /run/client',
    },
  ])('$who is named at plan time, and nothing is touched', async ({ who, comes, goes }) => {
    await network().in('node1', comes);
    const before = await snapshots(network());
    expect(await refusals(network())).toEqual([refused(who)]);
    await expect(network().apply()).rejects.toThrow('NLP02');
    expectSame(before, await snapshots(network()));
    await network().in('node1', goes);
    await until(
      () => refusals(network()),
      (seen) => seen.length === 0,
    );
  });

  it('is borrowed with `allow_dynamic: true`', async () => {
    await network().in('node1', 'ip address add 10.50.0.77/24 dev eth1 valid_lft 300 preferred_lft 200');
    await network().edit((doc) => (doc.nodes!['node1']!.nics!['eth1']!.allow_dynamic = true));
    await network().apply();
    expect(await network().in('node1', `ip -4 -o address show dev ${BRIDGE}`)).toMatch(
      /10\.50\.0\.77\/24 .* valid_lft (29\d|300)sec preferred_lft (19\d|200)sec/,
    );
    expect(changesOf(await network().plan())).toEqual([]);
    await network().destroy();
    expect(await network().in('node1', 'ip -4 -o address show dev eth1')).toMatch(
      /10\.50\.0\.77\/24 .* valid_lft (29\d|300)sec preferred_lft (19\d|200)sec/,
    );
  });
});
