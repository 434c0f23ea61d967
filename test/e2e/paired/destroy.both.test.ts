import { describe, expect, it } from 'vitest';
import { linksWith } from '../support/mechanism.ts';
import { expectSame, works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { allBound, asks } from '../support/traffic.ts';

ownLabs();

describe('deletion', () => {
  const network = labOf(
    () => {
      const doc = example('e2e-destroy');
      // A second node that can have the router.
      doc.nodes!['compute1']!.roles = ['network', 'compute'];
      doc.nodes!['compute1']!.nics!['eth2'] = { physical_network: 'external' };
      return doc;
    },
    { trials: false },
  );
  let before: Record<string, string> = {};

  it('destroy leaves the nodes unchanged, and a second destroy has nothing to do', async () => {
    before = await snapshots(network());
    await network().apply();
    await works(network());
    await network().destroy();
    expectSame(before, await snapshots(network()));
    const { final } = await network().destroy();
    expect(final.plan.changes).toEqual([]);
    expect(final.plan.owned).toBe(0);
  });

  it('a router that moves to another node leaves nothing on the old one, and works on the new one', async () => {
    await network().apply();
    await works(network());
    await network().edit((doc) => (doc.routers!['router1']!.node = 'compute1'));
    await network().apply();
    expect(await network().in('controller', 'ip netns')).toMatch(/^qdhcp-\S+( \(id: \d+\))?\n$/);
    const left = linksWith(['eth0', 'eth1', 'eth2'], {
      linuxbridge: ['brq30acf3ad-b9', 'tap05de88b6-aa'],
      openvswitch: ['br-eth1', 'br-int'],
    });
    expect(await network().in('controller', 'ls /sys/class/net; cat /sys/class/net/eth2/operstate')).toBe(
      `${left}up\n`,
    );
    expect(await network().in('compute1', 'ip netns')).toMatch(/^qrouter-/);
    // The outside has the old neighbour entries; the moved addresses were announced.
    await expect(network()).toPing('outside', '11.11.11.11', 2);
    await works(network());
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('a node with state `absent` is emptied, and the others keep working', async () => {
    await network().edit((doc) => {
      doc.nodes!['compute2']!.state = 'absent';
      delete doc.instances!['test3'];
      delete doc.expect;
    });
    await network().apply();
    const now = await snapshots(network());
    expectSame({ compute2: before['compute2'] ?? '' }, { compute2: now['compute2'] ?? '' });
    await allBound(network());
    expect(await asks(network(), 'outside', '11.11.11.11', 22)).toBe('test1 sees 11.11.11.111');
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('destroy deletes moved objects too', async () => {
    await network().destroy();
    const after = await snapshots(network());
    for (const node of ['controller', 'compute2']) {
      expectSame({ [node]: before[node] ?? '' }, { [node]: after[node] ?? '' });
    }
  });
});
