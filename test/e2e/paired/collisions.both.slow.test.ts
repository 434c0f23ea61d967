import { describe, expect, it } from 'vitest';
import { byMechanism } from '../../support/mechanism.ts';
import { expectSame, refusals } from '../support/expectations.ts';
import { changesOf, type Network } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';

ownLabs();

const TEXT = `
name: e2e-collisions
physical_networks: { wire: {}, inner: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: inner } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: wire, addresses: [192.0.2.98/24] } } }
networks:
  public:
    id: aaaaaaaa-bb00-4000-8000-000000000001
    physical_network: wire
    external: true
    subnets: { outside: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1, enable_dhcp: false } }
  net:
    id: bbbbbbbb-bb00-4000-8000-000000000001
    physical_network: inner
    subnets: { inside: { cidr: 10.0.0.0/24 } }
routers:
  r1:
    node: n1
    external_gateway: { network: public, fixed_ip_address: 192.0.2.10 }
    interfaces: { inside: {} }
instances:
  a: { node: n1, ports: { eth0: { network: net, fixed_ip_address: 10.0.0.5 } } }
floating_ips:
  f1: { floating_network: public, floating_ip_address: 192.0.2.20, instance: a }
`;

const ON_WIRE = byMechanism({ linuxbridge: 'brqaaaaaaaa-bb', openvswitch: 'br-eth1' });
const ON_INNER = byMechanism({ linuxbridge: 'brqbbbbbbbb-bb', openvswitch: 'br-eth2' });

/** Plugs a namespace of another program into a bridge. */
function plugged(netns: string, bridge: string, address: string): string {
  const plug = byMechanism({
    linuxbridge: `ip link set dev ${netns}0 master ${bridge}`,
    openvswitch: `ovs-vsctl add-port ${bridge} ${netns}0`,
  });
  return `set -e; ip netns add ${netns}; ip link add name ${netns}0 type veth peer name eth0 netns ${netns}
    ${plug}; ip link set dev ${netns}0 up; ip -n ${netns} addr add ${address} dev eth0; ip -n ${netns} link set eth0 up`;
}

function unplugged(netns: string): string {
  const port = byMechanism({ linuxbridge: 'true', openvswitch: `ovs-vsctl --if-exists del-port ${netns}0` });
  return `${port}; ip link del dev ${netns}0; ip netns del ${netns}`;
}

const MACVLAN = `set -e; ip netns add ftp; ip link add link eth1 name mv0 netns ftp type macvlan mode bridge
  ip -n ftp addr add 192.0.2.20/24 dev mv0; ip -n ftp link set dev mv0 up`;

/** The summaries of all that a plan says about others' addresses; each begins with the severity. */
async function collisions(network: Network): Promise<readonly string[]> {
  const { diagnostics } = await network.plan();
  return diagnostics
    .filter(({ code }) => code === 'NLP61' || code === 'NLP62' || code === 'NLP47')
    .map(({ code, severity, summary }) => `${severity} ${code}: ${summary}`)
    .sort();
}

describe('addresses that others have on the wire', () => {
  const network = labOf(() => docOf(TEXT), { trials: false });
  const gateway = 'routers.r1.external_gateway';

  it('the address of a one-NIC host that a router is given is refused, and so is one of another node', async () => {
    await network().in('n1', 'ip addr add 192.0.2.10/24 dev eth1; ip addr add 192.0.2.99/24 dev eth1');
    await network().in('n2', 'ip addr add 192.0.2.20/24 dev eth1');
    const before = await snapshots(network());
    expect(await refusals(network())).toEqual([
      expect.stringMatching(/^NLP61 n1: floating_ips\.f1\S* uses 192\.0\.2\.20, which n2 has on eth1$/),
      expect.stringMatching(/^NLP61 n1: routers\.r1\.external_gateway\S* uses 192\.0\.2\.10, which n1 has on eth1$/),
    ]);
    const { diagnostics } = await network().plan();
    expect(diagnostics.find(({ summary }) => summary.startsWith(gateway))?.range).toBeDefined();
    await expect(network().apply()).rejects.toThrow('NLP61');
    expectSame(before, await snapshots(network()));
  });

  it('a healthy network has no collision: at first, applied, and after its own addresses were exchanged', async () => {
    await network().in('n1', 'ip addr del 192.0.2.10/24 dev eth1');
    await network().in('n2', 'ip addr del 192.0.2.20/24 dev eth1');
    expect(await collisions(network())).toEqual([]);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    expect(await collisions(network())).toEqual([]);
    // Each address goes from one object of the topology to another.
    await network().edit((doc) => {
      doc.routers!['r1']!.external_gateway!.fixed_ip_address = '192.0.2.20';
      doc.floating_ips!['f1']!.floating_ip_address = '192.0.2.98';
      doc.nodes!['n2']!.nics!['eth1']!.addresses = ['192.0.2.10/24'];
    });
    expect(await collisions(network())).toEqual([]);
    await network().apply();
    expect(await collisions(network())).toEqual([]);
    // The router moves to the other node, which gets its NIC for that.
    await network().edit((doc) => {
      doc.nodes!['n2']!.nics!['eth2'] = { physical_network: 'inner' };
      doc.routers!['r1']!.node = 'n2';
    });
    expect(await collisions(network())).toEqual([]);
    await network().apply();
    expect(await collisions(network())).toEqual([]);
    await network().destroy();
    expect(await collisions(network())).toEqual([]);
    await network().edit((doc) => Object.assign(doc, docOf(TEXT)));
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    expect(await collisions(network())).toEqual([]);
  });

  it('namespaces on a bridge and on a NIC: a warning while nothing changes on the node, then an error', async () => {
    await network().in('n1', plugged('web', ON_INNER, '10.0.0.5/24'));
    await network().in('n2', MACVLAN);
    const found = [
      expect.stringMatching(/^\w+ NLP61: floating_ips\.f1\S* uses 192\.0\.2\.20, which n2 has on mv0 in ftp$/),
      expect.stringMatching(/^\w+ NLP61: instances\.a\S* uses 10\.0\.0\.5, which n1 has on eth0 in web$/),
    ];
    expect(await collisions(network())).toEqual(found);
    expect(await refusals(network())).toEqual([]);
    await network().edit((doc) => (doc.nodes!['n1']!.nics!['eth1']!.mtu = 1450));
    expect(await refusals(network())).toHaveLength(2);
    await network().in('n1', unplugged('web'));
    await network().in('n2', 'ip netns del ftp');
    expect(await collisions(network())).toEqual([]);
    await network().apply();
  });

  it('a permanent neighbour entry with another MAC, and a proxy entry', async () => {
    const { mac } = network().resolved.routers.get('r1')!.gateway!;
    const on = (words: string): Promise<string> => network().in('n1', `ip neigh ${words} dev ${ON_WIRE}`);
    await on(`replace 192.0.2.10 lladdr ${mac} nud permanent`);
    expect(await collisions(network())).toEqual([]);
    await on('replace 192.0.2.10 lladdr 02:00:00:00:00:01 nud permanent');
    expect(await collisions(network())).toEqual([
      expect.stringContaining('for which n1 has the MAC 02:00:00:00:00:01'),
    ]);
    await on('del 192.0.2.10');
    await on('add proxy 192.0.2.20');
    expect(await collisions(network())).toEqual([expect.stringContaining('192.0.2.20, for which n1 answers')]);
    await on('del proxy 192.0.2.20');
    expect(await collisions(network())).toEqual([]);
  });
});
