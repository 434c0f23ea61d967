import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shellQuote } from '../../../src/hosts/quote.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { compiled } from '../../support/compiled.ts';
import { applyOn, inShort, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { nameOf, portOf } from '../floating.ts';
import { healTopology, prepare } from './network.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'tc');
const graph: DesiredGraph = compiled(healTopology({ tun: false, release: 'zed' })).graph;
const healing: DesiredGraph = { ...graph, healForeign: true };
const R = nameOf(graph, 'netns', 'qrouter-');
const D = nameOf(graph, 'netns', 'qdhcp-');
const [QR = '', QG = ''] = ['qr-', 'qg-'].map((prefix) => portOf(graph, prefix)?.name);
/** The port of the DHCP server; its name differs from mechanism to mechanism. */
const NS =
  [...graph.resources.values()].find(({ netns, spec }) => netns === D && 'mac' in (spec as object))?.name ?? '';
const inside = (netns: string, script: string): string =>
  `nsenter --net=/run/netns/${netns} sh -c ${shellQuote(script)}`;
const router = (script: string): string => inside(R, script);
const dhcp = (script: string): string => inside(D, script);
const sysctl = (path: string, value: string): string => `echo ${value} >/proc/sys/${path}`;

/** What the service needs, damaged: one apply repairs it. */
const OWN: readonly (readonly [what: string, script: string])[] = [
  ['a connected route is missing', router('ip route del 10.0.0.0/24')],
  ['a connected route leads elsewhere', router(`ip route replace 10.0.0.0/24 via 203.0.113.1`)],
  ['a foreign route precedes a connected one', router(`ip route prepend 10.0.0.0/24 via 203.0.113.1`)],
  ['the connected route of the gateway is missing', router('ip route del 203.0.113.0/24')],
  ['the connected route of a DHCP server is missing', dhcp('ip route del 10.0.0.0/24')],
  ['a local route is missing', router('ip route del table local local 10.0.0.1')],
  ['the local route of a floating IP is missing', router('ip route del table local local 203.0.113.20')],
  ['a broadcast route is missing', router('ip route del table local broadcast 10.0.0.255')],
  ['the local routes of a device are missing', router(`ip route flush table local dev ${QG}`)],
  ['all routes of the main table are missing', router('ip route flush table main')],
  ['the default route leads elsewhere', router('ip route replace default via 203.0.113.9')],
  ['a foreign default route precedes ours', router('ip route prepend default via 203.0.113.9')],
  ['the rule for table local is missing', router('ip rule del pref 0')],
  ['the rule for table main is missing', router('ip rule del pref 32766')],
  ['the rules of IPv6 are missing', router('ip -6 rule del pref 0; ip -6 rule del pref 32766')],
  ['all rules are missing', dhcp('ip rule del pref 0; ip rule del pref 32766; ip rule del pref 32767')],
  ['a device does not forward', router(sysctl(`net/ipv4/conf/${QG}/forwarding`, '0'))],
  ['new devices do not forward', router(sysctl('net/ipv4/conf/default/forwarding', '0'))],
  ['a device ignores ARP', router(sysctl(`net/ipv4/conf/${QG}/arp_ignore`, '8'))],
  ['a DHCP server ignores ARP', dhcp(sysctl('net/ipv4/conf/all/arp_ignore', '8'))],
  ['a device answers ARP for all others', router(sysctl(`net/ipv4/conf/${QR}/proxy_arp_pvlan`, '1'))],
  ['a device looks no neighbour up', router(sysctl(`net/ipv4/neigh/${QR}/mcast_solicit`, '0'))],
  ['pings are ignored', router(sysctl('net/ipv4/icmp_echo_ignore_all', '1'))],
  ['packets live for one hop', router(sysctl('net/ipv4/ip_default_ttl', '1'))],
  ['lo is down', router('ip link set lo down')],
  ['a device’s MTU differs', router(`ip link set ${QG} mtu 600`)],
  ['a device does without ARP', router(`ip link set ${QG} arp off`)],
];

/** What is foreign in a namespace of ours: reported, then removed on request. */
const FOREIGN: readonly (readonly [what: string, script: string, told: RegExp])[] = [
  ['a route to a host', router(`ip route add 10.0.0.5/32 dev ${QG}`), /route 10\.0\.0\.5\/32 dev qg-\S+ proto boot/],
  ['a blackhole', router('ip route add blackhole 10.0.0.5'), /route blackhole 10\.0\.0\.5\/32 proto boot: drops/],
  ['a default route in another table', router(`ip route add default via 203.0.113.1 table 99`), /table 99 proto boot/],
  [
    'a local route',
    router('ip route add local 203.0.113.1 dev lo table local'),
    /route local 203\.0\.113\.1\/32 table local/,
  ],
  ['a route of DHCP', router('ip route add 10.0.0.5/32 via 203.0.113.1 proto dhcp'), /proto dhcp/],
  ['a route of an unknown protocol', router('ip route add 10.0.0.5/32 via 203.0.113.1 proto 77'), /proto 77/],
  ['an IPv6 route', router(`ip -6 route add 2001:db8::/64 dev ${QG}`), /route 2001:db8::\/64 dev qg-\S+/],
  ['a rule', router('ip rule add pref 10 from 10.0.0.0/24 lookup 99'), /rule 10: from 10\.0\.0\.0\/24 lookup 99/],
  [
    'a rule with much in it',
    router(
      `ip rule add pref 11 not from 10.0.0.0/24 to 10.1.0.0/16 tos 0x10 fwmark 0x1/0xff iif ${QR} ipproto tcp ` +
        'sport 1-5 dport 80 uidrange 5-9 lookup 99 suppress_prefixlength 8',
    ),
    /rule 11: not from 10\.0\.0\.0\/24 to 10\.1\.0\.0\/16 tos 0x10 fwmark 0x1\/0xff iif/,
  ],
  [
    'a rule of IPv6',
    router('ip -6 rule add pref 10 from 2001:db8::/32 prohibit'),
    /IPv6 rule 10: from 2001:db8::\/32 pr/,
  ],
  ['a rule that goes to another one', router('ip rule add pref 9 from all goto 32766'), /rule 9: from all goto 32766/],
  ['a rule that drops', router('ip rule add pref 8 from all blackhole'), /rule 8: from all blackhole/],
  ['rules of one preference', router('ip rule add pref 0 from all lookup 98'), /rule 0: from all lookup 98/],
  [
    'a neighbour with a fixed MAC',
    router(`ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:99 dev ${QG} nud permanent`),
    /neighbour 203\.0\.113\.1 dev qg-\S+ lladdr 02:00:00:00:00:99/,
  ],
  [
    'a neighbour of IPv6',
    dhcp(`ip neigh replace fe80::7 lladdr 02:00:00:00:00:99 dev ${NS} nud permanent`),
    /neighbour fe80::7 dev \S+/,
  ],
  ['a proxy entry', router(`ip neigh add proxy 203.0.113.7 dev ${QG}`), /neighbour proxy 203\.0\.113\.7/],
  [
    'an IPsec policy',
    router('ip xfrm policy add dir fwd action block'),
    /xfrm policy .* dir fwd .*: drops the traffic/,
  ],
  [
    'an IPsec policy with a mark',
    router('ip xfrm policy add src 10.0.0.0/24 dst 10.2.0.0/16 dir out mark 5 action block'),
    /xfrm policy src 10\.0\.0\.0\/24 dst 10\.2\.0\.0\/16 dir out/,
  ],
  [
    'an IPsec policy that requires encryption',
    router(
      'ip xfrm policy add src 10.0.0.0/24 dst 10.2.0.0/16 dir out tmpl src 203.0.113.10 dst 203.0.113.1 proto esp ' +
        'mode tunnel',
    ),
    /xfrm policy src 10\.0\.0\.0\/24 .*: encrypts traffic, or requires it/,
  ],
  [
    'an address on lo',
    router('ip addr add 10.0.0.5/32 dev lo scope host'),
    /address 10\.0\.0\.5\/32 dev lo scope host/,
  ],
  ['an address of scope host', dhcp(`ip addr add 10.0.0.1/32 dev ${NS} scope host`), /address 10\.0\.0\.1\/32 dev \S+/],
  ['a bridge', router('ip link add name foobr type bridge; ip link set foobr up'), /link foobr type bridge/],
  [
    'a tunnel',
    router('ip link add name tun9 type vxlan id 9 dstport 0 dev lo; ip link set tun9 up'),
    /link tun9 type vxlan/,
  ],
  ['a veth', router('ip link add name va9 type veth peer name vb9; ip link set va9 up'), /link v[ab]9 type veth/],
  ['a qdisc that drops', router(`tc qdisc add dev ${QG} root pfifo limit 1`), /qdisc pfifo dev qg-/],
  ['a qdisc of what is received', dhcp(`tc qdisc add dev ${NS} clsact`), /qdisc clsact dev \S+/],
];

const SOCKET_POLICY =
  'socket(my $s, 2, 2, 17); my $all = 0xffffffffffffffff; setsockopt($s, 0, 17, pack("x40S x14 Q4 x32 x32 x16", 2, ' +
  '($all) x 4)) or die; sleep 2';

/** What others may have in a namespace of ours. */
const HARMLESS: readonly (readonly [what: string, script: string])[] = [
  ['a route of keepalived', router(`ip route add 10.5.0.0/16 dev ${QG} proto keepalived`)],
  ['a route of bird', router('ip route add 10.5.0.0/16 via 203.0.113.1 proto bird')],
  ['a route of zebra in another table', router('ip route add 10.5.0.0/16 via 203.0.113.1 proto zebra table 9')],
  ['a route of a router advertisement', router(`ip -6 route add 2001:db8::/64 dev ${QG} proto ra`)],
  ['a route of a redirect', router(`ip -6 route add 2001:db8::7 via fe80::7 dev ${QG} proto redirect`)],
  ['a rule of a routing daemon', router('ip rule add pref 9 from 10.5.0.0/16 lookup 9 protocol bird')],
  ['learned neighbours', router(`ip neigh replace 203.0.113.7 lladdr 02:00:00:00:00:09 dev ${QG} nud reachable`)],
  ['neighbours without ARP', router(`ip neigh replace 203.0.113.7 lladdr 02:00:00:00:00:09 dev ${QG} nud noarp`)],
  [
    'a neighbour of a control plane',
    router(`ip neigh replace 203.0.113.7 lladdr 02:00:00:00:00:09 dev ${QG} nud permanent extern_learn`),
  ],
  [
    'a policy of one socket, as an IPsec daemon gives its own',
    // struct xfrm_userpolicy_info: it allows all. IP_XFRM_POLICY is 17.
    router(`perl -e '${SOCKET_POLICY}' </dev/null >/dev/null 2>&1 &\nsleep 0.3; ip xfrm policy | grep -q socket`),
  ],
  ['an IPsec policy that lets packets pass', router('ip xfrm policy add src 10.0.0.0/24 dst 10.2.0.0/16 dir fwd')],
  ['a stricter reverse path', router(sysctl(`net/ipv4/conf/${QR}/rp_filter`, '2'))],
];

const found = ({ plan, diagnostics }: PlanResult) => ({
  changes: inShort(plan.changes),
  diagnostics: diagnostics.map(({ code, detail }) => `${code} ${detail ?? ''}`),
});
const NOTHING = { changes: [], diagnostics: [] };

describe('layer 3 in namespaces of ours', () => {
  let node: TestNode;
  let whole: string;

  /** All of layer 3 in both namespaces, as the programs print it. */
  async function l3(): Promise<string> {
    const lists = ['route show table all', '-6 route show table all', 'rule', '-6 rule', 'neigh show nud permanent'];
    const more = ['neigh show proxy', 'xfrm policy', 'xfrm state', '-br addr', '-br link'];
    const script = [...lists, ...more].map((list) => `ip ${list}`).join('; ');
    const text = await node.sh([R, D].map((netns) => inside(netns, `${script}; tc qdisc; true`)).join('\n'));
    const lines = text.split('\n').filter((line) => !/^(?:anycast|multicast) /.test(line));
    // The kernel lists routes of one destination in the order of their addition.
    return lines
      .map((line) => line.replace(/ (?:expires|linkdown|pref medium)\b.*/, ''))
      .sort()
      .join('\n');
  }

  async function settled(): Promise<string> {
    let now = await l3();
    // IPv6 checks a link's address for duplicates when the link has come up: up to 1 s later, and for 1 s (RFC 4862).
    for (let i = 0; i < 40 && now !== whole; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      now = await l3();
    }
    return now;
  }

  beforeAll(async () => {
    node = await nodes.open();
    await prepare(node, graph);
    await applyOn(node, graph);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(found(await planOn(node, graph))).toEqual(NOTHING);
  });

  // A test that failed leaves its damage to itself.
  beforeEach(async () => {
    await applyOn(node, healing);
    whole = await l3();
  });

  test.each(OWN)('%s: one apply repairs it', async (_what, script) => {
    await node.sh(`set -e\n${script}`);
    const { plan, diagnostics } = await planOn(node, graph);
    expect(inShort(plan.changes)).not.toEqual([]);
    expect(diagnostics).toEqual([]);
    await applyOn(node, graph);
    expect(await settled()).toBe(whole);
    expect(found(await planOn(node, graph))).toEqual(NOTHING);
  });

  test.each(FOREIGN)('%s: is told, left alone, and removed on request', async (_what, script, told) => {
    await node.sh(`set -e\n${script}`);
    expect((await applyOn(node, graph)).batches).toEqual([]);
    const { changes, diagnostics } = found(await planOn(node, graph));
    expect(changes).toEqual([]);
    expect(diagnostics).toEqual([expect.stringMatching(told)]);
    expect(diagnostics[0]).toMatch(/^NLP40 /);
    await applyOn(node, healing);
    expect(await settled()).toBe(whole);
    expect(found(await planOn(node, graph))).toEqual(NOTHING);
  });

  test('a device in a foreign bridge is taken out of it; the bridge is foreign', async () => {
    await node.sh(router(`ip link add name foobr type bridge; ip link set foobr up; ip link set ${QG} master foobr`));
    const { changes, diagnostics } = found(await planOn(node, graph));
    expect(changes).toEqual([expect.stringMatching(`${QG} \\(attributes.master`)]);
    expect(diagnostics).toEqual([expect.stringMatching(/NLP40 link foobr type bridge/)]);
    await applyOn(node, healing);
    expect(await settled()).toBe(whole);
  });

  test.each(HARMLESS)('%s: no finding', async (_what, script) => {
    await node.sh(`set -e\n${script}`);
    expect(found(await planOn(node, healing))).toEqual(NOTHING);
    await node.sh(
      router(
        `ip route flush proto keepalived; ip route flush proto bird; ip route flush table 9; ip -6 route flush proto ra
         ip -6 route flush proto redirect; ip rule del pref 9 2>/dev/null; ip xfrm policy flush
         ip neigh flush nud all; ip neigh del 203.0.113.7 dev ${QG}
         ${sysctl(`net/ipv4/conf/${QR}/rp_filter`, '0')}; true`,
      ),
    );
  });
});
