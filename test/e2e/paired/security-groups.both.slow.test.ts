import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { matrix, type Target } from '../support/packets/matrix.ts';
import { Stations } from '../support/packets/stations.ts';
import { byMechanism } from '../../support/mechanism.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';
import { allBound } from '../support/traffic.ts';

const OUTSIDE = '203.0.113.1';

const TOPOLOGY = `
name: e2e-sg
physical_networks: { outer: {}, inner: {}, side: {} }
nodes:
  node1: &node
    reach: { via: lab }
    manage_bridge_netfilter: true
    nics: { eth0: { physical_network: outer }, eth1: { physical_network: inner }, eth2: { physical_network: side } }
  node2: *node
networks:
  outer:
    physical_network: outer
    external: true
    subnets: { outside: { cidr: 203.0.113.0/24, enable_dhcp: false } }
  lan: { physical_network: inner, subnets: { lan-subnet: { cidr: 10.1.0.0/24 } } }
  side: { physical_network: side, subnets: { side-subnet: { cidr: 10.2.0.0/24 } } }
routers:
  router:
    node: node1
    external_gateway: { network: outer, fixed_ip_address: 203.0.113.10 }
    interfaces: { lan-subnet: {}, side-subnet: {} }
security_groups:
  web:
    rules:
      - { direction: ingress, protocol: tcp, port_range_min: 22, port_range_max: 22 }
      - { direction: ingress, protocol: icmp, remote_ip_prefix: 203.0.113.0/24 }
      - { direction: ingress, protocol: udp, port_range_min: 5000, port_range_max: 5001, remote_group: clients }
      - { direction: ingress, protocol: udp, port_range_min: 5003, port_range_max: 5003 }
  monitored:
    rules:
      - { direction: ingress, protocol: icmp, port_range_min: 8, port_range_max: 0 }
      - direction: ingress
        protocol: udp
        port_range_min: 5002
        port_range_max: 5002
        remote_ip_prefix: 10.1.0.12/31
  clients: {}
  limited:
    default_rules: false
    rules:
      - { direction: egress, protocol: tcp, port_range_min: 22, port_range_max: 22 }
      - { direction: egress, protocol: udp, port_range_min: 5001, port_range_max: 5003, remote_group: web }
      - { direction: ingress, protocol: udp, port_range_min: 5001, port_range_max: 5001 }
  forgetful:
    stateful: false
    rules:
      - { direction: ingress, protocol: udp, port_range_min: 5002, port_range_max: 5002 }
      - { direction: ingress, protocol: icmp, port_range_min: 0 }
  deaf:
    stateful: false
    default_rules: false
    rules:
      - { direction: ingress, protocol: tcp }
      - { direction: ingress, protocol: udp, port_range_min: 5001, port_range_max: 5002 }
      - { direction: egress, protocol: udp, port_range_min: 5001, port_range_max: 5003 }
instances:
  web: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.11, security_groups: [web] } } }
  both:
    node: node2
    ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.12, security_groups: [web, monitored, clients] } }
  user: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.13 } } }
  mate: { node: node2, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.14 } } }
  limited: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.15, security_groups: [limited] } } }
  none: { node: node2, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.16, security_groups: [] } } }
  open: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.17, port_security_enabled: false } } }
  forgetful:
    node: node2
    ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.18, security_groups: [forgetful] } }
  deaf: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.19, security_groups: [deaf] } } }
  far: { node: node1, ports: { eth0: { network: side, fixed_ip_address: 10.2.0.11, security_groups: [clients] } } }
floating_ips:
  web: { floating_network: outer, instance: web, floating_ip_address: 203.0.113.21 }
  both: { floating_network: outer, instance: both, floating_ip_address: 203.0.113.22 }
  none: { floating_network: outer, instance: none, floating_ip_address: 203.0.113.23 }
  deaf: { floating_network: outer, instance: deaf, floating_ip_address: 203.0.113.24 }
hosts:
  outside: { listen: [22, 23], nics: { eth0: { physical_network: outer, addresses: [${OUTSIDE}/24] } } }
`;

function topology(): Topology {
  const doc = docOf(TOPOLOGY);
  for (const instance of Object.values(doc.instances ?? {})) instance.listen = [22, 23];
  return doc;
}

ownLabs();

describe('reachability by security groups', () => {
  const network = labOf(topology);
  let stations: Stations;

  /** Instances by their fixed IPs; with the outside by floating IPs. */
  const targetsOf = (from: string): Target[] => {
    const { instances = {}, floating_ips: floating = {} } = network().doc;
    const fixed = Object.entries(instances).map(([to, { ports }]) => ({
      to,
      address: ports!['eth0']!.fixed_ip_address!,
    }));
    if (from !== 'outside') return [...fixed.filter(({ to }) => to !== from), { to: 'outside', address: OUTSIDE }];
    return Object.values(floating).map((one) => ({ to: one.instance!, address: one.floating_ip_address! }));
  };
  const isAsTheGroupsSay = async (): Promise<Readonly<Record<string, number>>> => {
    const { wrong, fates } = await matrix(network(), stations, { outside: OUTSIDE, targetsOf });
    expect(wrong).toEqual([]);
    return fates;
  };
  const become: ReturnType<typeof network>['edit'] = async (change) => {
    await network().edit(change);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  const portOf = (doc: Topology, name: string) => doc.instances![name]!.ports!['eth0']!;

  beforeAll(async () => {
    await become(() => undefined);
    await allBound(network());
    stations = await Stations.start(network(), [...Object.keys(network().doc.instances!), 'outside']);
  });

  it('ping, TCP, UDP, fragments, ICMP errors; on a node, across nodes, through the router, from outside', async () => {
    expect(await isAsTheGroupsSay()).toEqual({ answered: 176, unanswered: 85, stopped: 571 });
  });

  it('a filter opened by hand passes forbidden packets, seen by this test; the next apply closes it', async () => {
    const chain = byMechanism({ linuxbridge: 'neutron-linuxbri-sg-chain', openvswitch: 'neutron-openvswi-sg-chain' });
    await network().in('node1', `iptables -I ${chain} -j ACCEPT`);
    const { wrong } = await matrix(network(), stations, { outside: OUTSIDE, targetsOf });
    expect(wrong).toContain('web → user (10.1.0.13) icmp 8: stopped by the groups, but arrived, answered');
    expect(wrong.filter((line) => !line.includes(': stopped by') && !line.includes(': unanswered by'))).toEqual([]);
    await become(() => undefined);
    await isAsTheGroupsSay();
  });

  it('members of groups are added and removed', async () => {
    await become((doc) => {
      portOf(doc, 'user').security_groups = ['clients', 'default'];
      portOf(doc, 'both').security_groups = ['web', 'default'];
      portOf(doc, 'far').security_groups = ['web'];
    });
    await isAsTheGroupsSay();
  });

  it('rules are added and removed; port security of ports is turned on and off', async () => {
    await become((doc) => {
      const { web, limited } = doc.security_groups!;
      web!.rules = web!.rules!.slice(1);
      limited!.rules!.push(
        { direction: 'egress', protocol: 'icmp' },
        { direction: 'ingress', remote_group: 'default' },
      );
      delete portOf(doc, 'open').port_security_enabled;
      portOf(doc, 'none').port_security_enabled = false;
      portOf(doc, 'mate').security_groups = [];
    });
    await isAsTheGroupsSay();
  });

  it('ports change between stateful and stateless groups', async () => {
    await become((doc) => {
      doc.security_groups!['deaf']!.stateful = true;
      doc.security_groups!['limited']!.stateful = false;
      portOf(doc, 'forgetful').security_groups = ['forgetful', 'limited', 'clients'];
    });
    await isAsTheGroupsSay();
  });
});
