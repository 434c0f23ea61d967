import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Instance, Topology } from '../../src/topology/types.gen.ts';
import { ethernet, udp } from '../support/frames.ts';
import { RandomChanges } from './support/packets/random-rules.ts';
import { ECHO_PORTS, Stations } from './support/packets/stations.ts';
import { counter, Exchange, flood, tcpEcho } from './support/packets/streams.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { docOf } from './support/topology.ts';
import { listening, type Asked } from './support/wiretap.ts';

const CHANGES = 50;
const SEED = Number(process.env['NETLOOM_SEED'] ?? '20261122');

/** The numbers of the instances: the last bytes of their addresses and MACs. */
const NUMBERS = { target: 11, friend: 12, other: 13, captive: 14, attacker: 15, near: 16, by1: 17, by2: 18, fresh: 19 };
type Name = keyof typeof NUMBERS;

const ipOf = (name: Name): string => `10.1.0.${String(NUMBERS[name])}`;
const macOf = (name: Name): string => `fa:16:3e:00:00:${String(NUMBERS[name])}`;
const portOf = (name: Name, more: string): string =>
  `{ eth0: { network: lan, fixed_ip_address: ${ipOf(name)}, mac_address: '${macOf(name)}', ${more} } }`;

const [ALLOWED, ALSO_ALLOWED] = ECHO_PORTS;

const TOPOLOGY = `
name: e2e-streams
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
  base:
    rules:
      - direction: ingress
        protocol: udp
        port_range_min: ${ALLOWED}
        port_range_max: ${ALLOWED}
        remote_group: friends
      - { direction: ingress, protocol: udp, port_range_min: ${ALSO_ALLOWED}, port_range_max: ${ALSO_ALLOWED} }
      - { direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }
      - { direction: ingress, protocol: tcp, port_range_min: 81, port_range_max: 81 }
  friends:
    rules:
      - { direction: ingress, protocol: udp, port_range_min: 5001, port_range_max: 5001, remote_group: captive }
  captive:
    default_rules: false
    rules:
      - { direction: egress, protocol: udp, port_range_min: 5001, port_range_max: 5001, remote_group: friends }
  varied: { default_rules: false }
  nobodies: { default_rules: false }
instances:
  target: { node: node1, ports: ${portOf('target', 'security_groups: [base]')} }
  friend: { node: node2, ports: ${portOf('friend', 'security_groups: [friends]')} }
  other: { node: node1, ports: ${portOf('other', 'security_groups: [friends]')} }
  captive: { node: node1, ports: ${portOf('captive', 'security_groups: [captive]')} }
  attacker: { node: node2, ports: ${portOf('attacker', 'port_security_enabled: false')} }
  near: { node: node1, ports: ${portOf('near', 'port_security_enabled: false')} }
  by1: { node: node1, ports: ${portOf('by1', '')} }
  by2: { node: node2, ports: ${portOf('by2', 'security_groups: [varied]')} }
`;

/** Returns a datagram that names its flood. */
function frame(from: Name, to: Name, port: number, name: string = from): Buffer {
  const text = Buffer.from(`<s:${name}>`.padEnd(32));
  return ethernet(macOf(from), 0x800, udp(ipOf(from), ipOf(to), [4000, port], text), [], macOf(to));
}

ownLabs();

describe('streams while the rules change', () => {
  const network = labOf(() => docOf(TOPOLOGY));
  const asked: Asked[] = [];
  const change = async (edit: (doc: Topology) => void): Promise<void> => {
    await network().edit(edit);
    await network().apply();
  };
  const become = async (edit: (doc: Topology) => void): Promise<void> => {
    await change(edit);
    expect(changesOf(await network().plan())).toEqual([]);
    asked.length = 0;
    await network().apply();
    expect(asked.filter(({ how }) => how === 'job')).toEqual([]);
  };
  let sourcePort = 40_000;
  const talk = (from: Name, to: Name, protocol: 'udp' | 'tcp', port: number): Promise<Exchange> =>
    Exchange.start(network(), from, { protocol, address: ipOf(to), port, sourcePort: sourcePort++ });
  /** Returns the conversations that are still answered. */
  const goOn = async (exchanges: Readonly<Record<string, Exchange>>): Promise<string[]> => {
    const tallies = async (): Promise<[string, number][]> =>
      Promise.all(
        Object.entries(exchanges).map(async ([name, one]) => [name, (await one.tally()).answered] as [string, number]),
      );
    const before = new Map(await tallies());
    await sleep(400);
    return (await tallies()).flatMap(([name, answered]) => (answered > before.get(name)! ? [name] : []));
  };
  /** Ends a conversation, which must have lost nothing. */
  const isWhole = async (exchange: Exchange): Promise<void> => {
    const { sent, answered, lost } = await exchange.end();
    expect({ lost, missing: sent - answered }).toEqual({ lost: 0, missing: 0 });
    expect(sent).toBeGreaterThan(100);
  };
  /** Returns the kernel's ids of the connections through a node to a port of the target. */
  const tracked = async (port: number): Promise<string[]> => {
    const filter = `-p tcp --orig-dst ${ipOf('target')} --orig-port-dst ${String(port)}`;
    const list = `conntrack -L -o id ${filter} 2>/dev/null || :`;
    return [...(await network().in('node1', list)).matchAll(/ id=\d+/g)].map(([id]) => id);
  };

  beforeAll(async () => {
    network().wrap = (shells) => listening(shells, asked);
    await become(() => undefined);
    await Stations.start(network(), ['target', 'friend']);
    await tcpEcho(network(), 'target', [80, 81]);
  });

  const seed = `NETLOOM_SEED=${String(SEED)}`;
  it(`${String(CHANGES)} changes pass no forbidden packet and lose no allowed one (${seed})`, async () => {
    const floods = [
      await flood(network(), 'attacker', [frame('attacker', 'target', 6666)]),
      await flood(network(), 'near', [frame('near', 'target', 6666)]),
      await flood(network(), 'captive', [frame('captive', 'attacker', 6667)]),
    ];
    const [atTarget, atAttacker] = [await counter(network(), 'target'), await counter(network(), 'attacker')];
    const exchanges = [
      await talk('friend', 'target', 'udp', ALLOWED),
      await talk('other', 'target', 'udp', ALLOWED),
      await talk('captive', 'friend', 'udp', ALLOWED),
    ];
    const random = new RandomChanges(SEED);
    for (let turn = 0; turn < CHANGES; turn += 1) await change((doc) => random.change(doc));
    expect(changesOf(await network().plan())).toEqual([]);
    for (const exchange of exchanges) await isWhole(exchange);
    expect([await atTarget.seen(), await atAttacker.seen()]).toEqual([[], []]);
    // The rules that were missing allow all of it.
    await become((doc) => {
      const { base, captive: bound } = doc.security_groups!;
      base!.rules!.push({ direction: 'ingress', protocol: 'udp', port_range_min: 6666, port_range_max: 6666 });
      bound!.rules!.push({ direction: 'egress', protocol: 'udp', port_range_min: 6667, port_range_max: 6667 });
    });
    await until(
      async () => [...(await atTarget.seen()), ...(await atAttacker.seen())],
      (names) => ['attacker', 'near', 'captive'].every((name) => names.includes(name)),
    );
    for (const one of [...floods, atTarget, atAttacker]) await one.end();
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
  }, 300_000);

  it('a deleted rule cuts the connections that it allowed; all others continue', async () => {
    const floating = await talk('other', 'target', 'udp', ALSO_ALLOWED);
    const [cut, kept] = [await talk('friend', 'target', 'tcp', 80), await talk('friend', 'target', 'tcp', 81)];
    const still = await talk('friend', 'target', 'udp', ALLOWED);
    const before = await tracked(81);
    expect(before).not.toEqual([]);
    // The target may send on its own, so an answer in flight when the connection is cut passes as a new connection.
    for (const one of [floating, cut]) await one.rest();
    await become((doc) => doc.security_groups!['base']!.rules!.splice(1, 2));
    for (const one of [floating, cut]) await one.goOn();
    expect(await goOn({ floating, cut, kept, still })).toEqual(['kept', 'still']);
    expect([await tracked(80), await tracked(81)]).toEqual([[], before]);
    await isWhole(kept);
    await isWhole(still);
    for (const exchange of [floating, cut]) await exchange.end();
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
  }, 120_000);

  it.each([
    ['for another group, and may still send,', ['default']],
    ['for none', []],
  ])(
    'a member that leaves %s is cut off; those that stay go on',
    async (_, groups) => {
      const [gone, still] = [
        await talk('friend', 'target', 'udp', ALLOWED),
        await talk('other', 'target', 'udp', ALLOWED),
      ];
      await gone.rest();
      await become((doc) => (doc.instances!['friend']!.ports!['eth0']!.security_groups = groups));
      await gone.goOn();
      expect(await goOn({ gone, still })).toEqual(['still']);
      await isWhole(still);
      await gone.end();
      await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
    },
    120_000,
  );

  it('a change to a group is one commit per changed table', async () => {
    asked.length = 0;
    await change((doc) => {
      const { base } = doc.security_groups!;
      base!.rules!.splice(1, 2, { direction: 'ingress', protocol: 'tcp', port_range_min: 90, port_range_max: 99 });
      base!.rules!.push({ direction: 'ingress', ethertype: 'IPv6', protocol: 'tcp' });
      doc.instances!['by1']!.ports!['eth0']!.security_groups = ['base'];
    });
    const jobs = asked.filter(({ node, how }) => node === 'node1' && how === 'job').map(({ script }) => script);
    const restores = jobs.flatMap((script) => script.match(/(?<=^\{ )ip6?tables-restore|^\*\w+$|^COMMIT$/gm) ?? []);
    expect(restores).toEqual(
      ['iptables-restore', 'ip6tables-restore'].flatMap((program) => [program, '*filter', 'COMMIT']),
    );
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
  }, 120_000);

  it('a new instance is filtered from its first frame on', async () => {
    const [toIt, fromIt] = [
      (name: 'attacker' | 'near') => [frame(name, 'fresh', 6666), frame(name, 'fresh', ALLOWED, `${name}-allowed`)],
      [
        frame('fresh', 'attacker', 6667, 'refused'),
        ethernet(
          'fa:16:3e:00:00:99',
          0x800,
          udp(ipOf('fresh'), ipOf('attacker'), [4000, ALLOWED], Buffer.from('<s:forged>'.padEnd(32))),
        ),
        frame('fresh', 'attacker', ALLOWED, 'rightful'),
      ],
    ];
    const floods = [await flood(network(), 'attacker', toIt('attacker')), await flood(network(), 'near', toIt('near'))];
    const others = [await counter(network(), 'attacker'), await counter(network(), 'near')];
    await network().edit((doc) => {
      doc.security_groups!['fresh'] = {
        default_rules: false,
        rules: (['ingress', 'egress'] as const).map((direction) => ({
          ...{ direction, protocol: 'udp', port_range_min: ALLOWED, port_range_max: ALLOWED },
        })),
      };
      doc.instances!['fresh'] = parse(
        `{ node: node1, ports: ${portOf('fresh', 'security_groups: [fresh]')} }`,
      ) as Instance;
    });
    const inside = await counter(network(), 'fresh');
    floods.push(await flood(network(), 'fresh', fromIt));
    await network().apply();
    await until(
      async () => [...(await inside.seen()), ...(await others[0]!.seen())],
      (names) => ['attacker-allowed', 'near-allowed', 'rightful'].every((name) => names.includes(name)),
    );
    await sleep(300);
    // Its packets come back in ICMP errors, because no program listens.
    const [toFresh, ...fromFresh] = await Promise.all([inside, ...others].map((one) => one.seen()));
    expect(toFresh!.filter((name) => name !== 'rightful')).toEqual(['attacker-allowed', 'near-allowed']);
    const arrived = fromFresh.flat().filter((name) => ['refused', 'forged', 'rightful'].includes(name));
    // A switch that has not learned a MAC yet floods a frame, also to the neighbour.
    expect(new Set(arrived)).toEqual(new Set(['rightful']));
    expect(fromFresh[0]).toContain('rightful');
    for (const one of [...floods, ...others, inside]) await one.end();
    await become((doc) => Object.assign(doc, docOf(TOPOLOGY)));
  }, 120_000);
});
