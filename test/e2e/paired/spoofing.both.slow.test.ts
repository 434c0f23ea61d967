import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { arp, BROADCAST, dhcp, ethernet, icmpError, part, udp } from '../../support/frames.ts';
import { byMechanism } from '../../support/mechanism.ts';
import { captured, type Marked } from '../support/packets/capture.ts';
import { icmp6, udp6 } from '../support/packets/ipv6.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf } from '../support/topology.ts';

const OWN = { mac: 'fa:16:3e:00:00:11', ip: '10.1.0.11' };
const OTHER = { mac: 'fa:16:3e:00:00:12', ip: '10.1.0.12' };
const NOBODY = 'fa:16:3e:00:00:99';
const GATEWAY = { mac: 'fa:16:3e:00:00:01', ip: '10.1.0.1' };
const PAIR = { mac: 'fa:16:3e:00:00:77', ip: '10.5.0.7' };
const VIRTUAL = '10.1.0.200';

const TOPOLOGY = `
name: e2e-spoofing
physical_networks: { inner: {} }
nodes:
  node1: &node
    reach: { via: lab }
    manage_bridge_netfilter: true
    nics: { eth1: { physical_network: inner } }
  node2: *node
networks:
  lan: { physical_network: inner, subnets: { lan-subnet: { cidr: 10.1.0.0/24, enable_dhcp: false } } }
security_groups:
  some: { rules: [{ direction: ingress, protocol: udp, port_range_min: 4001, port_range_max: 4001 }] }
instances:
  web:
    node: node1
    ports:
      eth0:
        network: lan
        mac_address: ${OWN.mac}
        fixed_ip_address: ${OWN.ip}
        security_groups: [some]
        allowed_address_pairs: [{ ip_address: ${VIRTUAL} }, { ip_address: 10.5.0.0/24, mac_address: ${PAIR.mac} }]
  near: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.1.0.13, port_security_enabled: false } } }
  open:
    node: node2
    ports:
      eth0:
        network: lan
        mac_address: ${OTHER.mac}
        fixed_ip_address: ${OTHER.ip}
        port_security_enabled: false
`;

const V4 = 0x800;
const ARP = 0x806;
const V6 = 0x86dd;
const LLDP = 0x88cc;
const VLAN = 0x8100;
const THEIRS = '10.1.0.250';

/**
 * Returns a broadcast datagram with its mark inside. The IP header has the length of the packet, so the mark cannot
 * follow it.
 */
const datagram =
  (mac: string, from: string, to = THEIRS, ports: readonly [number, number] = [4000, 4001]): Marked =>
  (mark) =>
    ethernet(mac, V4, udp(from, to, ports, Buffer.from(mark.padEnd(16))));
const says =
  (mac: string, operation: 1 | 2, sender: readonly [string, string], target: string, to = BROADCAST): Marked =>
  (mark) =>
    Buffer.concat([ethernet(mac, ARP, arp(operation, sender, target), [], to), Buffer.from(mark)]);

const discover =
  (client: string): Marked =>
  (mark) =>
    ethernet(OWN.mac, V4, udp('0.0.0.0', '255.255.255.255', [68, 67], dhcp(client, { mark })));
const release =
  (client: string, address: string): Marked =>
  (mark) =>
    ethernet(OWN.mac, V4, udp(OWN.ip, THEIRS, [68, 67], dhcp(client, { type: 7, address, server: THEIRS, mark })));

const right = datagram(OWN.mac, OWN.ip);

const RIGHTFUL = {
  'a datagram from its address': right,
  'an ARP request': says(OWN.mac, 1, [OWN.mac, OWN.ip], OTHER.ip),
  'an ARP reply': says(OWN.mac, 2, [OWN.mac, OWN.ip], OTHER.ip, OTHER.mac),
  'a gratuitous ARP for its address': says(OWN.mac, 1, [OWN.mac, OWN.ip], OWN.ip),
  'a DHCP discover': discover(OWN.mac),
  'a DHCP release': release(OWN.mac, OWN.ip),
  'a neighbour solicitation': (mark) => ethernet(OWN.mac, V6, icmp6(OWN.mac, 135, mark)),
  'a datagram over IPv6': (mark) => ethernet(OWN.mac, V6, udp6(OWN.mac, [4000, 4001], mark)),
} satisfies Record<string, Marked>;

const BY_PAIRS = {
  'a datagram from an allowed address': datagram(OWN.mac, VIRTUAL),
  'ARP for an allowed address': says(OWN.mac, 2, [OWN.mac, VIRTUAL], OTHER.ip),
  'a datagram from an allowed network with its MAC': datagram(PAIR.mac, PAIR.ip),
  'ARP from an allowed network with its MAC': says(PAIR.mac, 1, [PAIR.mac, PAIR.ip], OTHER.ip),
} satisfies Record<string, Marked>;

/** Frames dropped at the tap. */
const FORGED = {
  'another MAC': datagram(NOBODY, OWN.ip),
  'another MAC, ARP': says(NOBODY, 1, [OWN.mac, OWN.ip], OTHER.ip),
  'another MAC, IPv6': (mark) => ethernet(NOBODY, V6, udp6(OWN.mac, [4000, 4001], mark)),
  'another address': datagram(OWN.mac, OTHER.ip),
  'the address with the MAC of a pair': datagram(PAIR.mac, OWN.ip),
  'the address of a pair with its own MAC': datagram(OWN.mac, PAIR.ip),
  'no address': datagram(OWN.mac, '0.0.0.0'),
  'an ARP reply for another': says(OWN.mac, 2, [OWN.mac, OTHER.ip], GATEWAY.ip),
  'an ARP reply for the gateway to a neighbour': says(OWN.mac, 2, [OWN.mac, GATEWAY.ip], OTHER.ip, OTHER.mac),
  'an ARP reply with the MAC of another': says(OWN.mac, 2, [GATEWAY.mac, OWN.ip], OTHER.ip),
  'a gratuitous ARP for the gateway': says(OWN.mac, 1, [OWN.mac, GATEWAY.ip], GATEWAY.ip),
  'a gratuitous ARP reply for the gateway': says(OWN.mac, 2, [OWN.mac, GATEWAY.ip], GATEWAY.ip),
  'a DHCP discover for another client': discover(OTHER.mac),
  'a DHCP release for another client': release(OTHER.mac, OTHER.ip),
  LLDP: (mark) => ethernet(OWN.mac, LLDP, Buffer.from(mark.padEnd(46))),
} satisfies Record<string, Marked>;

/** Frames dropped by iptables: the bridge's own device still receives them. */
const ROGUE = {
  'a DHCP server': datagram(OWN.mac, OWN.ip, '255.255.255.255', [67, 68]),
  'a DHCP server for one client': datagram(OWN.mac, OWN.ip, OTHER.ip, [67, 68]),
  'a router advertisement': (mark) => ethernet(OWN.mac, V6, icmp6(OWN.mac, 134, mark)),
  'a DHCPv6 server': (mark) => ethernet(OWN.mac, V6, udp6(OWN.mac, [547, 546], mark)),
} satisfies Record<string, Marked>;

/** Frames dropped at the tap, or, without one, in a switch whose port is in a VLAN. */
const TAGGED = {
  'a tag of a VLAN': (mark) => ethernet(OWN.mac, V4, udp(OWN.ip, THEIRS, [1, 2], Buffer.from(mark)), [VLAN]),
} satisfies Record<string, Marked>;

const ALL = { ...RIGHTFUL, ...BY_PAIRS, ...FORGED, ...ROGUE, ...TAGGED };

/** Returns a datagram to the instance, with its mark in each fragment. */
const toIt = (port: number, mark: string): Buffer => udp(OTHER.ip, OWN.ip, [4000, port], Buffer.from(mark.repeat(20)));
const framed = (packet: Buffer): Buffer => ethernet(OTHER.mac, V4, packet, [], OWN.mac);

const ALLOWED = {
  'a datagram that a rule allows': (mark) => framed(toIt(4001, mark)),
  'an ARP request for it': says(OTHER.mac, 1, [OTHER.mac, OTHER.ip], OWN.ip),
  'a neighbour solicitation': (mark) => ethernet(OTHER.mac, V6, icmp6(OTHER.mac, 135, mark)),
} satisfies Record<string, Marked>;

const REFUSED = {
  'a datagram for another port': (mark) => framed(toIt(4002, mark)),
  'an answer nobody asked for': (mark) => framed(udp(OTHER.ip, OWN.ip, [4001, 4000], Buffer.from(mark.padEnd(16)))),
  'the later part of a datagram without its first': (mark) => framed(part(toIt(4001, mark), 40)),
  'the first part of a datagram without its later': (mark) => framed(part(toIt(4001, mark), 0, 32)),
  'the later part of a datagram for another port': (mark) => framed(part(toIt(4002, mark), 48)),
  'an ICMP error about what it never sent': (mark) =>
    framed(icmpError(OTHER.ip, udp(OWN.ip, OTHER.ip, [4000, 4999], Buffer.from(mark.padEnd(16))))),
  'a datagram over IPv6': (mark) => ethernet(OTHER.mac, V6, udp6(OTHER.mac, [4000, 4001], mark)),
  'a ping over IPv6': (mark) => ethernet(OTHER.mac, V6, icmp6(OTHER.mac, 128, mark)),
} satisfies Record<string, Marked>;

ownLabs();

describe('frames that an instance sends', () => {
  const network = labOf(() => docOf(TOPOLOGY));
  const become = async (change: (doc: Topology) => void): Promise<void> => {
    await network().edit(change);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  const port = (doc: Topology) => doc.instances!['web']!.ports!['eth0']!;
  const sent = () =>
    captured(network(), 'web', ALL, {
      last: right,
      places: [{ member: 'node1' }, { member: 'near', device: 'eth0' }, { member: 'open', device: 'eth0' }],
      end: 'open:eth0',
    });
  const received = async (): Promise<string[]> => {
    const last = ALLOWED['a datagram that a rule allows'];
    const places = [{ member: 'web', device: 'eth0' }];
    const seen = await captured(network(), 'open', { ...ALLOWED, ...REFUSED }, { last, places, end: 'web:eth0' });
    return Object.entries(seen).flatMap(([name, at]) => (at.length > 0 ? [name] : []));
  };

  /**
   * Fails with the frames seen in wrong locations. A frame must be seen either on its whole path, or only at the tap,
   * or in its bridge but at none of its other ports.
   */
  const expectEnds = (
    seen: Awaited<ReturnType<typeof sent>>,
    where: Readonly<Record<'through' | 'atTap' | 'inBridge', readonly object[]>>,
  ): void => {
    const [own] = network().resolved.instances.get('web')!.ports;
    const { id, tap, bridge, mechanism } = own!;
    const first = `node1:${tap}`;
    const second = `node1:${mechanism === 'openvswitch' ? `qbr${id.slice(0, 11)}` : bridge}`;
    const namesOf = (groups: readonly object[]): string[] => groups.flatMap((group) => Object.keys(group));
    const [through, atTap, inBridge] = [namesOf(where.through), namesOf(where.atTap), namesOf(where.inBridge)];
    expect([...through, ...atTap, ...inBridge].sort()).toEqual(Object.keys(seen).sort());
    const wrong = Object.entries(seen).filter(([name, places]) => {
      if (!places.includes(first)) return true;
      const beyond = places.filter((place) => place !== first && !(inBridge.includes(name) && place === second));
      if (!through.includes(name)) return beyond.length > 0;
      // A unicast frame is seen only on its path.
      const ends = isUnicast(name) ? ['node1:eth1', 'open:eth0'] : ['node1:eth1', 'near:eth0', 'open:eth0'];
      return !ends.every((place) => beyond.includes(place));
    });
    expect(Object.fromEntries(wrong)).toEqual({});
  };

  beforeAll(() => become(() => undefined));

  const asItShould = { through: [RIGHTFUL, BY_PAIRS], atTap: [FORGED, TAGGED], inBridge: [ROGUE] };

  it('valid ones pass; forged ones are dropped at its tap, those of servers and routers in its bridge', async () => {
    expectEnds(await sent(), asItShould);
  });

  it('packets to it pass, also in fragments, if a rule allows them or they are answers', async () => {
    expect(await received()).toEqual(Object.keys(ALLOWED));
  });

  it('all pass without port security; with it again, as before', async () => {
    await become((doc) => {
      port(doc).port_security_enabled = false;
      delete port(doc).security_groups;
      delete port(doc).allowed_address_pairs;
    });
    const tagged = byMechanism({
      linuxbridge: { through: [TAGGED], atTap: [] },
      openvswitch: { through: [], atTap: [TAGGED] },
    });
    expectEnds(await sent(), {
      through: [RIGHTFUL, BY_PAIRS, FORGED, ROGUE, ...tagged.through],
      atTap: tagged.atTap,
      inBridge: [],
    });
    expect(await received()).toEqual(Object.keys({ ...ALLOWED, ...REFUSED }));
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
    expectEnds(await sent(), asItShould);
    expect(await received()).toEqual(Object.keys(ALLOWED));
  });

  it('an address that is no longer allowed is dropped', async () => {
    await become((doc) => delete port(doc).allowed_address_pairs);
    expectEnds(await sent(), { ...asItShould, through: [RIGHTFUL], atTap: [FORGED, TAGGED, BY_PAIRS] });
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
  });

  it('nothing is left of a deleted port', async () => {
    const { id, tap, mac } = network().resolved.instances.get('web')!.ports[0]!;
    const all = `iptables-save; ip6tables-save; ipset save; nft list ruleset bridge 2>/dev/null; ip -o link`;
    const left = async (): Promise<string[]> => {
      const text = await network().in('node1', all);
      return text
        .split('\n')
        .filter((line) => [id.slice(0, 10), tap.slice(3), mac].some((word) => line.includes(word)));
    };
    expect((await left()).length).toBeGreaterThan(20);
    await become((doc) => delete doc.instances!['web']);
    expect(await left()).toEqual([]);
    // It was the only filtered port.
    expect(
      await network().in('node1', 'iptables-save; ip6tables-save; ipset save; nft list ruleset bridge'),
    ).not.toMatch(/neutron|netloom|NIPv/);
  });
});

function isUnicast(name: string): boolean {
  return name === 'an ARP reply' || name.endsWith('to a neighbour');
}
