import { describe, expect, it } from 'vitest';
import { byMechanism } from '../../support/mechanism.ts';
import { expectSame, refusals, works } from '../support/expectations.ts';
import { changesOf, Network } from '../support/network.ts';
import { snapshot, snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf, example } from '../support/topology.ts';

ownLabs();

describe('two topologies on one node', () => {
  const network = labOf(() => example('e2e-first'), { trials: false });

  it('neither changes the other; one is deleted, the other stays', async () => {
    const bare = await snapshots(network());
    await network().apply();
    const alone = await snapshots(network());
    const doc = docOf(SECOND);
    // A switch has one integration bridge, which the first topology owns: the other one uses Linux bridges.
    doc.nodes!['compute2']!.mechanism = 'linuxbridge';
    const second = Network.beside(network(), doc);
    await second.apply();
    const both = await snapshot(network(), 'compute2');
    expect(both).toContain('"ifalias":"netloom:e2e-second');
    expect(both).toContain('"ifalias":"netloom:e2e-first');
    expect(changesOf(await second.plan())).toEqual([]);
    expect(changesOf(await network().plan())).toEqual([]);
    await works(network());
    // The second is deleted before the first, then the first before the second.
    await second.destroy();
    expectSame(alone, await snapshots(network()));
    await second.apply();
    await network().destroy();
    expect(changesOf(await second.plan())).toEqual([]);
    await second.destroy();
    expectSame(bare, await snapshots(network()));
    await network().apply();
  });

  it('an object that both have is refused to the second with the name of the first', async () => {
    const doc = docOf(SECOND);
    doc.networks!['own']!.id = network().doc.networks!['flat1']!.id!;
    doc.nodes!['compute2']!.nics = { eth1: { physical_network: 'own' } };
    const second = Network.beside(network(), doc);
    const before = await snapshots(network());
    expect(await refusals(second)).toContain(
      `NLP10 compute2: ${byMechanism({ linuxbridge: 'bridge brq30acf3ad-b9', openvswitch: 'ovs-bridge br-int' })} ` +
        'on compute2 belongs to topology e2e-first',
    );
    await expect(second.apply()).rejects.toThrow('e2e-first');
    expectSame(before, await snapshots(network()));
  });
});

/** Returns a router and a DHCP server of another topology, on the management NIC of a node of the first. */
const SECOND = `
name: e2e-second
physical_networks: { own: {} }
nodes:
  compute2: { reach: { via: lab }, nics: { eth0: { physical_network: own } } }
networks:
  own: { physical_network: own, subnets: { own-subnet: { cidr: 10.77.0.0/24 } } }
routers:
  own-router: { node: compute2, interfaces: { own-subnet: {} } }
`;
