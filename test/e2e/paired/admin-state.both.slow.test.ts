import { beforeAll, describe, expect, it } from 'vitest';
import type { Port, Topology } from '../../../src/topology/types.gen.ts';
import { byMechanism } from '../../support/mechanism.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';
import { allBound, asks, pings, renew } from '../support/traffic.ts';

const TEXT = `
name: e2e-admin-state
physical_networks: { tenant: {}, wire: {} }
nodes:
  node1:
    reach: { via: lab }
    nics: { eth1: { physical_network: tenant }, eth2: { physical_network: wire, addresses: [192.0.2.9/24] } }
networks:
  lan:
    physical_network: tenant
    dhcp: { fixed_ip_address: 10.0.0.2 }
    subnets: { lan: { cidr: 10.0.0.0/24 } }
  back:
    physical_network: wire
    external: true
    subnets: { ext: { cidr: 192.0.2.0/24, enable_dhcp: false } }
routers:
  main: { node: node1, external_gateway: { network: back, fixed_ip_address: 192.0.2.10 }, interfaces: { lan: {} } }
security_groups: { web: { rules: [{ direction: ingress }] } }
instances:
  filtered:
    node: node1
    listen: [80]
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.11, security_groups: [web] } }
  open:
    node: node1
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.12, port_security_enabled: false } }
  asker: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.13, security_groups: [web] } } }
floating_ips: { fip: { floating_network: back, floating_ip_address: 192.0.2.20, instance: filtered } }
hosts: { outside: { nics: { eth0: { physical_network: wire, addresses: [192.0.2.1/24] } } } }
`;
const [FILTERED, OPEN, OUTSIDE] = ['10.0.0.11', '10.0.0.12', '192.0.2.1'];

ownLabs();

describe('admin_state_up: false', () => {
  const network = labOf(() => docOf(TEXT));
  const node = (script: string): Promise<string> => network().in('node1', script);
  const reaches = (from: string, to: string): Promise<boolean> => pings(network(), from, to, 1);
  const answersOutside = (): Promise<string | undefined> => asks(network(), 'outside', '192.0.2.20', 80);

  /** Applies the changed file; a second plan must be empty. */
  const become = async (change: (doc: Topology) => void): Promise<void> => {
    await network().edit(change);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  const setPorts = (state: boolean) => (doc: Topology) => {
    for (const name of ['filtered', 'open']) portOf(doc, name).admin_state_up = state;
  };
  const portOf = (doc: Topology, name: string): Port => doc.instances![name]!.ports!['eth0']!;
  const worksAsBefore = async (): Promise<void> => {
    await allBound(network());
    expect(await pings(network(), 'asker', FILTERED)).toBe(true);
    expect(await pings(network(), 'asker', OPEN)).toBe(true);
    expect(await pings(network(), 'asker', OUTSIDE)).toBe(true);
    expect(await answersOutside()).toMatch(/^filtered sees/);
  };

  beforeAll(async () => {
    await become(() => undefined);
    await worksAsBefore();
  });

  it('stops all frames of a port, filtered or not, and changes nothing else', async () => {
    await become(setPorts(false));
    expect(await Promise.all([reaches('asker', FILTERED), reaches('asker', OPEN)])).toEqual([false, false]);
    expect(await Promise.all([reaches('filtered', OPEN), reaches('open', '10.0.0.2')])).toEqual([false, false]);
    expect(await pings(network(), 'asker', OUTSIDE)).toBe(true);
    const taps = ['filtered', 'open'].map((name) => network().resolved.instances.get(name)!.ports[0]!);
    for (const { tap, hybrid } of taps) {
      expect(await node(`ip -br link show ${tap}`)).not.toMatch(/[<,]UP[,>]/);
      const port = hybrid?.outside ?? tap;
      const seen = byMechanism({
        linuxbridge: `[ -e /sys/class/net/${tap}/master ] && echo plugged`,
        openvswitch: `ovs-vsctl get Port ${port} tag vlan_mode trunks | paste -sd ' '`,
      });
      expect((await node(seen)).trim()).toBe(byMechanism({ linuxbridge: 'plugged', openvswitch: '4095 trunk [4095]' }));
    }
  });

  it('is restored after a hypervisor has set the tap up; over Open vSwitch no frame passes meanwhile', async () => {
    const { tap } = network().resolved.instances.get('open')!.ports[0]!;
    const { tap: other } = network().resolved.instances.get('filtered')!.ports[0]!;
    await node(`ip link set dev ${tap} up; ip link set dev ${other} up`);
    const passes = byMechanism({ linuxbridge: true, openvswitch: false });
    expect(await pings(network(), 'asker', OPEN, passes ? 20 : 1)).toBe(passes);
    // Neither do two such ports reach each other.
    expect(await pings(network(), 'open', FILTERED, passes ? 20 : 1)).toBe(passes);
    expect(changesOf(await network().plan())).toHaveLength(2);
    await become(() => undefined);
    expect(await reaches('asker', OPEN)).toBe(false);
    await become(setPorts(true));
    await worksAsBefore();
  });

  it('removes the DHCP server of a network, whose ports work all the same', async () => {
    await become((doc) => (doc.networks!['lan']!.admin_state_up = false));
    expect(await node('ip netns list; pgrep -x dnsmasq || :')).not.toMatch(/qdhcp|^\d+$/m);
    expect(await pings(network(), 'asker', FILTERED)).toBe(true);
    expect(await answersOutside()).toMatch(/^filtered sees/);
  });

  it('removes the interface of a router', async () => {
    const { netns } = network().resolved.routers.get('main')!;
    await become((doc) => {
      doc.networks!['lan']!.admin_state_up = true;
      doc.routers!['main']!.interfaces!['lan'] = { admin_state_up: false };
    });
    expect(await node('ip netns list')).toContain('qdhcp');
    expect(await node(`ip -n ${netns!} -br link`)).not.toContain('qr-');
    expect(await reaches('asker', OUTSIDE)).toBe(false);
    expect(await pings(network(), 'asker', FILTERED)).toBe(true);
    await become((doc) => (doc.routers!['main']!.interfaces!['lan'] = {}));
    expect(await answersOutside()).toMatch(/^filtered sees/);
  });

  it('removes a router with its floating IPs, and no bridge', async () => {
    const bridges = await node('ip -br link show type bridge; ovs-vsctl list-br 2>/dev/null || :');
    await become((doc) => (doc.routers!['main']!.admin_state_up = false));
    expect(await node('ip netns list')).not.toContain('qrouter');
    expect(await node('ip -br link show type bridge; ovs-vsctl list-br 2>/dev/null || :')).toBe(bridges);
    expect(await reaches('outside', '192.0.2.20')).toBe(false);
    expect(await pings(network(), 'asker', FILTERED)).toBe(true);
    expect(await pings(network(), 'outside', '192.0.2.9')).toBe(true);
  });

  it('is the same on a fresh node, and can be raised from there', async () => {
    await network().destroy();
    await become((doc) => {
      setPorts(false)(doc);
      doc.networks!['lan']!.admin_state_up = false;
      doc.routers!['main']!.admin_state_up = false;
    });
    expect(await node('ip netns list')).not.toMatch(/qrouter|qdhcp/);
    await become((doc) => {
      setPorts(true)(doc);
      doc.networks!['lan']!.admin_state_up = true;
      doc.routers!['main']!.admin_state_up = true;
    });
    // Their DHCP clients ask ever more rarely.
    for (const name of network().resolved.instances.keys()) await renew(network(), name);
    await worksAsBefore();
  });
});
