import { beforeAll, describe, expect, test } from 'vitest';
import { withMarkers } from '../../src/compile/markers.ts';
import { survey } from '../../src/gc/survey.ts';
import { antiSpoof } from '../../src/kinds/anti-spoof/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, carryOut, graphOf, inShort, ORIGIN, planOn, TOPOLOGY } from '../support/engine.ts';
import { arp, dhcp, ethernet, heard, part, send, udp, type Frames } from '../support/frames.ts';
import { whyNoRootless, testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'nft', 'perl');

const node1 = 'node1';
const TABLE = `bridge netloom-${TOPOLOGY}`;
const OWN = { mac: 'fa:16:3e:00:00:05', ip: '10.0.0.5' };
const PAIR = { mac: 'fa:16:3e:00:00:77', cidr: '10.5.0.0/25' };
const OTHER = 'fa:16:3e:00:00:99';
const VM1 = '/run/netloom-guests/vm1';
const VM2 = '/run/netloom-guests/vm2';

function guard(number: number, sources: Parameters<typeof antiSpoof>[1]['sources'], device = `tap${number}`): Resource {
  const macs = [OWN.mac, ...sources.map(({ mac }) => mac)];
  return antiSpoof({ node: node1, device }, { macs, sources }, ORIGIN);
}

const ANYWHERE = [{ mac: OWN.mac, cidr: '0.0.0.0/0' }];

const LISTED = guard(1, [{ mac: OWN.mac, cidr: `${OWN.ip}/32` }, PAIR]);

function wanted(...resources: readonly Resource[]): DesiredGraph {
  return graphOf(withMarkers(TOPOLOGY, resources));
}

function instance(number: number, mac: string): Resource {
  const netns = `/run/netloom-guests/vm${number}`;
  const tap = { mac, mtu: 1500, tap: `tap${number}`, bridge: 'brq0' };
  return veth({ node: node1, netns, device: 'eth0' }, tap, ORIGIN);
}

const NETWORK = [
  bridge(node1, 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN),
  instance(1, OWN.mac),
  instance(2, 'fa:16:3e:00:00:06'),
];

const V4 = 0x800;
const ARP = 0x806;
const V6 = 0x86dd;
const right = ethernet(OWN.mac, V4, udp(OWN.ip, '10.0.0.6'));
const fromNowhere = (message: Buffer): Buffer => udp('0.0.0.0', '255.255.255.255', [68, 67], message);
const discover = fromNowhere(dhcp(OWN.mac));
const release = (client: string): Buffer =>
  udp(OWN.ip, '10.0.0.2', [68, 67], dhcp(client, { type: 7, address: '10.0.0.6', server: '10.0.0.2' }));

const RIGHT = {
  'IPv4 from its address': right,
  'an ARP request': ethernet(OWN.mac, ARP, arp(1, [OWN.mac, OWN.ip], '10.0.0.1')),
  'an ARP reply': ethernet(OWN.mac, ARP, arp(2, [OWN.mac, OWN.ip], '10.0.0.1')),
  'a DHCP discover': ethernet(OWN.mac, V4, discover),
  'a DHCP release': ethernet(OWN.mac, V4, release(OWN.mac)),
  'IPv4 from an allowed pair': ethernet(PAIR.mac, V4, udp('10.5.0.127', '10.0.0.6')),
  'ARP of an allowed pair': ethernet(PAIR.mac, ARP, arp(2, [PAIR.mac, '10.5.0.0'], '10.0.0.1')),
  IPv6: ethernet(OWN.mac, V6, Buffer.alloc(40, 0x60)),
};

/** The frames that an instance with any address may send. */
const ANY_ADDRESS = {
  'another IPv4 address': ethernet(OWN.mac, V4, udp('10.0.0.6', '10.0.0.1')),
  'no IPv4 address': ethernet(OWN.mac, V4, udp('0.0.0.0', '10.0.0.1')),
  'DHCP as a server': ethernet(OWN.mac, V4, udp('0.0.0.0', '255.255.255.255', [67, 68])),
  'a spoofed ARP reply': ethernet(OWN.mac, ARP, arp(2, [OWN.mac, '10.0.0.1'], '10.0.0.6')),
  'a gratuitous ARP for the gateway': ethernet(OWN.mac, ARP, arp(1, [OWN.mac, '10.0.0.1'], '10.0.0.1')),
  'ARP for a part of an allowed block with its own MAC': ethernet(OWN.mac, ARP, arp(2, [OWN.mac, '10.5.0.7'], OWN.ip)),
};

const WRONG = {
  'another MAC': ethernet(OTHER, V4, udp(OWN.ip, '10.0.0.6')),
  'another MAC, IPv6': ethernet(OTHER, V6, Buffer.alloc(40, 0x60)),
  'another MAC, DHCP discover': ethernet(OTHER, V4, discover),
  'a DHCP discover for another client': ethernet(OWN.mac, V4, fromNowhere(dhcp(OTHER))),
  'a DHCP release for another client': ethernet(OWN.mac, V4, release(OTHER)),
  'a DHCP release for another client in fragments': ethernet(OWN.mac, V4, part(release(OTHER), 0, 32)),
  'another MAC, ARP': ethernet(OTHER, ARP, arp(2, [OWN.mac, OWN.ip], '10.0.0.1')),
  'ARP with the hardware address of another': ethernet(OWN.mac, ARP, arp(2, [OTHER, OWN.ip], '10.0.0.1')),
  'a tag of a VLAN': ethernet(OWN.mac, V4, udp(OWN.ip, '10.0.0.6'), [0x8100]),
  'a tag of a VLAN, ARP': ethernet(OWN.mac, ARP, arp(2, [OWN.mac, OWN.ip], '10.0.0.1'), [0x8100]),
  'a tag of a VLAN, IPv6': ethernet(OWN.mac, V6, Buffer.alloc(40, 0x60), [0x8100]),
  'two tags': ethernet(OWN.mac, V4, udp(OWN.ip, '10.0.0.6'), [0x88a8, 0x8100]),
  LLDP: ethernet(OWN.mac, 0x88cc, Buffer.alloc(46)),
  RARP: ethernet(OWN.mac, 0x8035, arp(1, [OWN.mac, OWN.ip], OWN.ip)),
  '802.3': ethernet(OWN.mac, 60, Buffer.alloc(60, 0x42)),
};

const PAIRS_WRONG = {
  'the address with the MAC of the pair': ethernet(PAIR.mac, V4, udp(OWN.ip, '10.0.0.6')),
  'an address beside the allowed block': ethernet(PAIR.mac, V4, udp('10.5.0.128', '10.0.0.6')),
};

const ALL: Frames = { ...RIGHT, ...ANY_ADDRESS, ...WRONG, ...PAIRS_WRONG };

describe('frames of an instance', () => {
  let node: TestNode;
  const all = async (from = VM1, to = VM2): Promise<string[]> => {
    await send(node, { from, to, frames: ALL, last: right });
    return heard(node);
  };

  beforeAll(async () => {
    node = await nodes.open();
    await node.guest(VM1);
    await node.guest(VM2);
    await applyOn(node, wanted(...NETWORK));
    // A port forwards a moment after it gets its carrier.
    await node.sh(
      'for tap in tap1 tap2; do until ip -d link show dev $tap | grep -q "state forwarding"; do sleep 0.01; done; done',
    );
  });

  test('all pass on an unguarded tap', async () => {
    expect(await all()).toEqual(Object.keys(ALL));
  });

  test('allowed frames pass, and no others', async () => {
    await applyOn(node, wanted(...NETWORK, LISTED));
    expect(await all()).toEqual(Object.keys(RIGHT));
    expect((await applyOn(node, wanted(...NETWORK, LISTED))).batches).toEqual([]);
  });

  test('an instance with any address is checked for its MAC, and for VLAN tags', async () => {
    await applyOn(node, wanted(...NETWORK, guard(1, ANYWHERE)));
    const { 'IPv4 from an allowed pair': _, 'ARP of an allowed pair': __, ...its } = RIGHT;
    expect((await all()).sort()).toEqual([...Object.keys(its), ...Object.keys(ANY_ADDRESS)].sort());
  });

  test('frames with a tag or of another type do not reach the instance either', async () => {
    const stopped = [
      'a tag of a VLAN',
      'a tag of a VLAN, ARP',
      'a tag of a VLAN, IPv6',
      'two tags',
      'LLDP',
      'RARP',
      '802.3',
    ];
    await applyOn(node, wanted(...NETWORK, LISTED));
    const reached = await all(VM2, VM1);
    expect(reached).toEqual(Object.keys(ALL).filter((name) => !stopped.includes(name)));
  });

  test('while its allowed sources change repeatedly, no allowed frame is lost and no other passes', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [
        `${i % 2 === 0 ? 'right' : 'wrong'} ${i}`,
        i % 2 === 0 ? right : WRONG['another MAC'],
      ]),
    );
    await send(node, { from: VM1, to: VM2, frames: many, last: right, pause: 0.001 });
    for (const more of [guard(1, ANYWHERE), LISTED, guard(1, [{ mac: OWN.mac, cidr: '10.0.0.0/24' }]), LISTED]) {
      await applyOn(node, wanted(...NETWORK, more));
    }
    expect(await node.try('test -e /tmp/all-heard')).toMatchObject({ code: 1 });
    expect(await heard(node)).toEqual(Object.keys(many).filter((name) => name.startsWith('right')));
  });

  test('the tap is guarded before it is plugged in, and until it is deleted', async () => {
    await applyOn(node, wanted());
    const { first } = await applyOn(node, wanted(...NETWORK, LISTED));
    const whereOf = (plan: typeof first.plan, part: string): number[] =>
      plan.batches.flatMap(({ steps }, i) =>
        steps.some(({ command }) => JSON.stringify(command).includes(part)) ? [i] : [],
      );
    expect(Math.max(...whereOf(first.plan, '"nft"'))).toBeLessThan(Math.min(...whereOf(first.plan, 'tap1","master')));
    const gone = await applyOn(node, wanted());
    const last = gone.first.plan.batches.at(-1)?.steps.map(({ command }) => command.tool);
    expect(last).toEqual(['nft']);
  });
});

describe('the table', () => {
  let node: TestNode;
  const SECOND = guard(2, ANYWHERE);
  const graph = wanted(LISTED, SECOND);
  const ruleset = async (): Promise<string> => node.sh('nft list ruleset bridge 2>/dev/null');
  const handleOf = (chain: string, what: string): string =>
    `$(nft -a list chain ${TABLE} ${chain} | sed -n 's/.*${what}.*# handle //p' | head -1)`;

  beforeAll(async () => {
    node = await nodes.open();
    await applyOn(node, graph);
  });

  test.each([
    ['a MAC is missing', `nft delete element ${TABLE} macs '{ "tap1" . ${OWN.mac} }'`],
    ['an additional MAC', `nft add element ${TABLE} macs '{ "tap1" . ${OTHER} }'`],
    ['an address is missing', `nft delete element ${TABLE} sources '{ "tap1" . ${OWN.mac} . ${OWN.ip} }'`],
    ['an additional address', `nft add element ${TABLE} sources '{ "tap1" . ${OWN.mac} . 10.9.0.0/16 }'`],
    [
      'a block replaced by another',
      `nft 'delete element ${TABLE} sources { "tap2" . ${OWN.mac} . 0.0.0.0/0 } ;
            add element ${TABLE} sources { "tap2" . ${OWN.mac} . 10.0.0.0/8 }'`,
    ],
    ['a block around one that is allowed', `nft add element ${TABLE} sources '{ "tap1" . ${OWN.mac} . 10.0.0.0/24 }'`],
    ['an additional range', `nft add element ${TABLE} sources '{ "tap1" . ${OWN.mac} . 10.9.0.1-10.9.0.6 }'`],
    ['a DHCP client is missing', `nft delete element ${TABLE} clients '{ "tap1" . 0x${OWN.mac.replaceAll(':', '')} }'`],
    ['an additional DHCP client', `nft add element ${TABLE} clients '{ "tap1" . 0x${OTHER.replaceAll(':', '')} }'`],
    [
      'a table without DHCP clients',
      `nft 'flush chain ${TABLE} check ; delete chain ${TABLE} client ; delete set ${TABLE} clients'`,
    ],
    ['a tap is not checked', `nft delete element ${TABLE} guarded '{ "tap1" }'`],
    ['an undesired tap', `nft add element ${TABLE} guarded '{ "tap9" }'`],
    ['an address of an undesired tap', `nft add element ${TABLE} sources '{ "tap9" . ${OWN.mac} . ${OWN.ip} }'`],
    ['a set is empty', `nft flush set ${TABLE} sources`],
    ['a rule is missing', `nft delete rule ${TABLE} check handle ${handleOf('check', 'saddr !=')}`],
    ['an additional rule', `nft insert rule ${TABLE} check accept`],
    ['rules in another order', `nft insert rule ${TABLE} check drop`],
    [
      'the jump to the checks is missing',
      `nft delete rule ${TABLE} prerouting handle ${handleOf('prerouting', 'goto')}`,
    ],
    ['a chain is empty', `nft flush chain ${TABLE} check`],
    ['a foreign chain', `nft add chain ${TABLE} mine`],
    ['a foreign set', `nft add set ${TABLE} mine '{ type mark ; }'`],
    ['a foreign counter', `nft add counter ${TABLE} mine`],
    ['all rules are missing', `nft flush table ${TABLE}`],
    ['the table is dormant', `nft add table ${TABLE} '{ flags dormant ; }'`],
    ['the table is missing', `nft delete table ${TABLE}`],
  ])('%s: one apply repairs it', async (_, script) => {
    // Elements of a set are unordered; the first and the last are beside the set's braces.
    const sorted = async (): Promise<string[]> =>
      (await ruleset())
        .split('\n')
        .map((line) => line.replace(/^\s*(?:elements = \{)?\s*|[\s,}]+$/g, ''))
        .sort();
    const before = await sorted();
    await node.sh(script);
    expect(await sorted()).not.toEqual(before);
    const { rounds } = await applyOn(node, graph);
    expect(rounds).toBe(1);
    expect(await sorted()).toEqual(before);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test('foreign tables are left as they are, to the byte', async () => {
    const theirs = `nft -a list ruleset bridge 2>/dev/null | awk '/^table/ { ours = /netloom-${TOPOLOGY} / } !ours'`;
    await node.sh(`nft -f - <<'X'
      table bridge netloom-rival {
        set guarded { type ifname; elements = { "tap1" }; }
        chain prerouting { type filter hook prerouting priority -300; policy accept; iifname "tap1" counter; }
      }
      table bridge netloom-demolition {
        chain from-tap1 { counter drop; }
      }
      table bridge nat {
        chain PREROUTING {
          type filter hook prerouting priority -300; policy accept; ether saddr ${OTHER} counter drop;
        }
      }
      table inet netloom-${TOPOLOGY} {
        chain from-tap1 { drop; }
      }
X`);
    // Rules of ebtables-nft that nft itself can't express.
    await node.try(
      'timeout 5 ebtables-nft -t filter -A FORWARD -i tap1 -p ARP -m limit --limit 3/s -j mark --mark-set 5 ' +
        '--mark-target ACCEPT',
    );
    const before = await node.sh(theirs);
    expect(before).toContain('netloom-rival');
    expect((await applyOn(node, graph)).batches).toEqual([]);
    await applyOn(node, wanted(SECOND, guard(3, [])));
    await applyOn(node, wanted());
    expect(await node.sh(theirs)).toBe(before);
    expect(await node.sh('nft list tables')).not.toContain(`bridge netloom-${TOPOLOGY}\n`);
    expect(await node.sh('nft list tables')).toContain(`inet netloom-${TOPOLOGY}\n`);
    await applyOn(node, graph);
  });

  test('rules that an agent of Neutron left for a tap are reported with a hint, and left alone', async () => {
    await node.sh(`nft -f - <<'X'
      table bridge nat {
        chain neutronMAC-tap1 { counter drop; }
        chain neutronARP-tap9 { counter drop; }
      }
X`);
    const before = await node.sh('nft list table bridge nat');
    const { diagnostics } = await planOn(node, graph);
    expect(diagnostics).toMatchObject([
      { code: 'NLP26', severity: 'warning', detail: 'chain neutronMAC-tap1 in table nat of nft' },
    ]);
    await applyOn(node, graph);
    expect(await node.sh('nft list table bridge nat')).toBe(before);
    const [, command = ''] = /as root: (.*)$/.exec(diagnostics[0]?.hint ?? '') ?? [];
    await node.sh(command);
    expect(await node.sh('nft list chain bridge nat neutronMAC-tap1')).not.toContain('drop');
  });

  test('a table that is the last object of a network is found without its file, and deleted', async () => {
    const left = await nodes.open();
    await applyOn(left, graph);
    const { topologies } = await survey(left.shells);
    expect(topologies).toMatchObject([{ topology: TOPOLOGY, traces: [{ sort: 'nft-table', node: node1 }] }]);
    await applyOn(left, wanted());
    expect(await left.sh('nft list tables')).toBe('');
    expect((await survey(left.shells)).topologies).toEqual([]);
  });

  test('a command that the kernel refuses is reported with its tap', async () => {
    const plan = await planOn(node, wanted(LISTED));
    await node.sh(`nft delete element ${TABLE} guarded '{ "tap2" }'`);
    await expect(carryOut(node, wanted(LISTED), plan)).rejects.toThrow(/NLA01: node1\/-\/anti-spoof\/tap2/);
    await applyOn(node, graph);
  });

  test('a node without nft is an error at plan time if a tap is guarded', async () => {
    const [path = ''] = (await node.sh('command -v nft')).split('\n');
    // With the table in the kernel, an nft that does not print it is a failed read.
    await node.sh(`nft delete table ${TABLE}; mount --bind /dev/null ${path}`);
    const { diagnostics } = await planOn(node, graph);
    expect(diagnostics).toMatchObject([
      { code: 'NLP25', severity: 'error', summary: expect.stringContaining('node1 has no nft') as string },
    ]);
    expect((await planOn(node, wanted(...NETWORK.slice(0, 1)))).diagnostics).toEqual([]);
    await node.sh(`umount ${path}`);
    expect((await planOn(node, graph)).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('many taps', () => {
  const many = (count: number): readonly Resource[] =>
    Array.from({ length: count }, (_, i) =>
      guard(i, [{ mac: OWN.mac, cidr: `10.1.${i >> 8}.${i & 255}/32` }, PAIR], `tap${String(i).padStart(8, '0')}-ab`),
    );

  test('one more tap costs only its own commands', async () => {
    const node = await nodes.open();
    await applyOn(node, wanted(...many(100)));
    const { batches, first } = await applyOn(node, wanted(...many(101)));
    expect(inShort(first.plan.changes)).toHaveLength(1);
    expect(batches.flatMap(({ steps }) => steps).length).toBeLessThan(15);
    expect((await applyOn(node, wanted(...many(101)))).batches).toEqual([]);
  });

  test('those of an unprivileged user are sent in parts that fit', async (context) => {
    const reason = whyNoRootless();
    context.skip(reason !== undefined, reason ?? '');
    const node = await nodes.open({ rootless: true });
    await applyOn(node, wanted(...many(250)));
    expect((await applyOn(node, wanted(...many(250)))).batches).toEqual([]);
    await node.sh(`nft flush table ${TABLE}`);
    await applyOn(node, wanted(...many(250)));
    await applyOn(node, wanted());
    expect(await node.sh('nft list ruleset bridge')).toBe('');
  });
});
