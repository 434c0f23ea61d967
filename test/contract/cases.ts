import { address, linkLocalAddress, nicAddress } from '../../src/kinds/address/spec.ts';
import { antiSpoof } from '../../src/kinds/anti-spoof/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { chain, tableMarker } from '../../src/kinds/chain/spec.ts';
import { debts } from '../../src/kinds/debts/spec.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { ipset, setName } from '../../src/kinds/ipset/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { nftTable } from '../../src/kinds/nft-table/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../src/kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../src/kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../src/kinds/ovs-plug/spec.ts';
import { process, type ProcessSpec } from '../../src/kinds/process/spec.ts';
import { route } from '../../src/kinds/route/spec.ts';
import { sysctl } from '../../src/kinds/sysctl/spec.ts';
import { tap } from '../../src/kinds/tap/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { vethLink } from '../../src/kinds/veth-link/spec.ts';
import { addressOf, type Resource } from '../../src/model/resource.ts';
import { ORIGIN } from '../support/engine.ts';

/** One object of a kind, put through all that can happen to it. */
export interface KindCase {
  readonly title: string;
  /** NICs of the node, with their MACs. */
  readonly nics?: Readonly<Record<string, string>>;
  /** Run on the node before anything else. */
  readonly setup?: string;
  /** Stands before and after. */
  readonly base: readonly Resource[];
  readonly object: Resource;
  /** For each field of the spec that can be wanted otherwise, the object with it otherwise. */
  readonly updates: Readonly<Record<string, Resource>>;
  /** For each field that nobody can want otherwise, how it comes to be otherwise on the node. */
  readonly damages: Readonly<Record<string, string>>;
  /** What is to be done after a damage was mended, to be as before. */
  readonly undo?: Readonly<Record<string, string>>;
  /** Fields that can't differ, and why. */
  readonly fixed: Readonly<Record<string, string>>;
  /** It can't be removed, and is left as it is. */
  readonly stays?: boolean;
  /** /dev/net/tun must be open to us. */
  readonly needsTun?: boolean;
  /** The node has Open vSwitch. */
  readonly ovs?: boolean;
}

const node = 'node1';
const HOME = '/run/netloom/demo';
const ROUTER = { node, netns: 'qrouter-1' };
const NIC = 'fa:16:3e:00:00:01';

function varied<Spec extends object>(resource: Resource<Spec>, change: Partial<Spec>): Resource<Spec> {
  return { ...resource, spec: { ...resource.spec, ...change } };
}

const br0 = bridge(node, 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN);
const br1 = bridge(node, 'brq1', { mac: 'fa:16:3e:00:00:bb' }, ORIGIN);
const router = netns(node, 'qrouter-1', ORIGIN);
const port = veth(
  { ...ROUTER, device: 'qr-1' },
  { mac: 'fa:16:3e:00:00:02', mtu: 1500, tap: 'tap1', bridge: 'brq0' },
  ORIGIN,
);
const routerBase = [br0, router, port];
const lan = address({ ...ROUTER, device: 'qr-1' }, '10.0.0.1/24', ORIGIN);

const linkLocal = linkLocalAddress({ ...ROUTER, device: 'qr-1' }, 'fe80::a9fe:a9fe/64', ORIGIN);

const toGateway = route(ROUTER, '198.51.100.1/32', [{ device: 'qr-1' }], ORIGIN);
const byOutside = route(ROUTER, 'default', [{ gateway: '198.51.100.1', device: 'qr-1' }], ORIGIN);
const twoHops = ['10.0.0.98', '10.0.0.97'].map((gateway) => ({ gateway, device: 'qr-1' }));
const shared = route(ROUTER, '172.17.0.0/16', twoHops, ORIGIN);

const natPlace = { ...ROUTER, family: 4, table: 'nat' } as const;
const CHAIN_RULES = [
  '-d 203.0.113.5/32 -j DNAT --to-destination 10.0.0.5',
  '-s 10.0.0.0/24 -m comment --comment "a \\"quoted\\" one # no" -j RETURN',
];
const inner = chain({ ...natPlace, chain: 'neutron-l3-agent-PREROUTING' }, CHAIN_RULES, ORIGIN);
const other = chain({ ...natPlace, chain: 'neutron-l3-agent-OUTPUT' }, [], ORIGIN);
const jumps = chain(
  { ...natPlace, chain: 'PREROUTING' },
  ['-j neutron-l3-agent-PREROUTING', '-j neutron-l3-agent-OUTPUT'],
  ORIGIN,
);
const six = chain(
  { ...ROUTER, family: 6, table: 'mangle', chain: 'neutron-l3-agent-scope' },
  ['-i qr-1 -j MARK --set-xmark 0x4000000/0xffff0000'],
  ORIGIN,
);

const nodeNat = { node, netns: null, family: 4, table: 'nat' } as const;
const marker = tableMarker(nodeNat, 'demo', ORIGIN);
const nodeChain = chain({ ...nodeNat, chain: 'neutron-l3-agent-PREROUTING' }, CHAIN_RULES, ORIGIN);
const nodeSecond = chain({ ...nodeNat, chain: 'neutron-l3-agent-snat' }, [], ORIGIN);
const nodeJumps = chain({ ...nodeNat, chain: 'PREROUTING' }, ['-j neutron-l3-agent-PREROUTING'], ORIGIN);

const GROUP = 'cccccccc-0000-0000-0000-000000000001';
const filters = ([4, 6] as const).map((family) => tableMarker({ node, family, table: 'filter' }, 'demo', ORIGIN));
const [members, members6] = ([4, 6] as const).map((family) => {
  const texts = family === 4 ? ['10.10.10.11', '10.10.10.12', '0.0.0.0/0'] : ['2001:db8::11', '2001:db8:1::/48'];
  return ipset({ node }, setName(family, GROUP), { family, members: texts }, ORIGIN);
}) as [ReturnType<typeof ipset>, ReturnType<typeof ipset>];
const manyOf = (prefix: string): string[] => Array.from({ length: 20 }, (_, i) => `${prefix}${10 + i}`).sort();

const state = `${HOME}/dhcp/net/state`;
const hostFile = file(node, `${HOME}/dhcp/net/host`, 'fa:16:3e:00:00:05,host-10-0-0-5,10.0.0.5\n', ORIGIN);
const dnsmasq: Resource<ProcessSpec> = process(
  { ...ROUTER, state },
  {
    argv: ['dnsmasq', '--no-hosts', '--no-resolv', `--pid-file=${state}/pid`, `--dhcp-hostsfile=${hostFile.name}`, `--dhcp-leasefile=${state}/leases`, '--bind-dynamic', '--dhcp-range=10.0.0.0,static,255.255.255.0,86400s', '--conf-file=/dev/null'],
    rootlessArgv: ['--user=root', '--group='],
    inputs: 'one',
    reload: 'SIGHUP',
    bindings: ['10.0.0.5 fa:16:3e:00:00:05'],
    leaseDevice: 'qr-1',
    seeds: { leases: '0 fa:16:3e:00:00:05 10.0.0.5 host-10-0-0-5 *\n' },
  },
  ORIGIN,
  [addressOf(hostFile)],
); // prettier-ignore

const nicBase = nic(node, 'eth0', { bridge: 'brq0', mtu: 1500, allowDynamic: false }, ORIGIN);
const borrower = bridge(node, 'brq0', { macOf: 'eth0' }, ORIGIN);
const link = varied(vethLink(node, 'qvb1', { peer: 'qvo1', bridge: 'brq0', mtu: 1500 }, ORIGIN), {
  macs: ['fa:16:3e:00:00:b3', 'fa:16:3e:00:00:b4'],
});
const device = tap(node, 'tap9', { mtu: 1500, bridge: 'brq0' }, ORIGIN);
const onLink = route(ROUTER, '10.9.0.0/24', [{ device: 'qr-1' }], ORIGIN);
const byGateway = route(ROUTER, 'default', [{ gateway: '10.0.0.254', device: 'qr-1' }], ORIGIN);

const integration = ovsBridge(node, 'br-int', { up: false }, ORIGIN);
const external = ovsBridge(node, 'br-ex', { up: true, nic: 'eth0' }, ORIGIN);
const other1 = ovsBridge(node, 'br-other', { up: true }, ORIGIN);
const userspace = (bridge: typeof integration): typeof integration => varied(bridge, { datapath: 'netdev' });
const internal = ovsInternal(
  { ...ROUTER, device: 'qr-1' },
  { mac: 'fa:16:3e:00:00:02', mtu: 1450, bridge: 'br-int', tag: 7, ifaceId: 'aff7e122-3b0c-4c7b-8e22-dbe63a84dfd6' },
  ORIGIN,
);
const nodePort: typeof internal = { ...internal, netns: null };
const nodeAddress = address({ node, netns: null, device: 'qr-1' }, '10.0.0.1/24', ORIGIN);
const nodeRoute = route({ node, netns: null }, '10.7.0.0/16', [{ gateway: '10.0.0.254', device: 'qr-1' }], ORIGIN);
const patch = ovsPatch(
  node,
  'int-br-other',
  { bridge: 'br-int', tag: 7, peer: { name: 'phy-br-other', bridge: 'br-other', tag: null } },
  ORIGIN,
);
const loose = veth({ ...ROUTER, device: 'eth0' }, { mac: NIC, mtu: 1500, tap: 'tap1', bridge: '' }, ORIGIN);
const plug = ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7, ifaceId: 'an-id', mac: NIC }, ORIGIN);

const spoofTable = nftTable(node, 'demo', ORIGIN);
const SOURCES = [
  { mac: 'fa:16:3e:00:00:05', cidr: '10.0.0.5/32' },
  { mac: 'fa:16:3e:00:00:06', cidr: '10.5.0.0/25' },
];
const MACS = SOURCES.map(({ mac }) => mac);
const guarded = antiSpoof({ node, device: 'tap1' }, { macs: MACS, sources: SOURCES }, ORIGIN);
const ANYWHERE = [{ mac: MACS[0]!, cidr: '0.0.0.0/0' }];
const loosely = antiSpoof({ node, device: 'tap2' }, { macs: MACS.slice(0, 1), sources: ANYWHERE }, ORIGIN);
const TABLE = 'bridge netloom-demo';

/** At least one for every kind that is registered. */
export const CASES: readonly KindCase[] = [
  {
    title: 'address in a namespace',
    base: routerBase,
    object: lan,
    updates: {
      broadcast: varied(lan, { broadcast: '10.0.0.254' }),
      scope: varied(lan, { scope: 'link' }),
      label: varied(lan, { label: 'qr-1:x' }),
    },
    damages: {},
    fixed: { device: 'part of the name', cidr: 'part of the name' },
  },
  {
    title: 'link-local address of IPv6 in a namespace',
    base: [...routerBase, sysctl(ROUTER, 'net/ipv6/conf/qr-1/disable_ipv6', '0', ORIGIN)],
    object: linkLocal,
    updates: {},
    damages: {},
    fixed: {
      device: 'part of the name',
      cidr: 'part of the name',
      scope: 'part of the address',
      label: 'IPv6 has none',
    },
  },
  {
    title: 'address of a NIC in a bridge',
    nics: { eth0: NIC },
    base: [borrower, nicBase],
    object: nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN),
    updates: {
      broadcast: varied(nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN), { broadcast: '192.168.1.254' }),
      scope: varied(nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN), { scope: 'link' }),
    },
    damages: {},
    fixed: {
      device: 'it moves with the NIC',
      nic: 'part of the name',
      cidr: 'part of the name',
      label: 'how it is known',
    },
  },
  {
    title: 'bridge',
    base: [],
    object: br0,
    updates: {
      mac: varied(br0, { mac: 'fa:16:3e:00:00:ab' }),
      up: varied(br0, { up: false }),
      attributes: varied(br0, { attributes: { stp_state: '1', txqueuelen: '500', mcast_snooping: '0' } }),
    },
    damages: { marked: 'ip link set dev brq0 down; ip link set dev brq0 alias ""' },
    fixed: {},
  },
  {
    title: 'bridge with the address of a NIC',
    nics: { eth0: NIC, eth1: 'fa:16:3e:00:00:03' },
    base: [],
    object: borrower,
    updates: { macOf: bridge(node, 'brq0', { macOf: 'eth1' }, ORIGIN) },
    damages: { mac: 'ip link set dev brq0 address fa:16:3e:00:00:99' },
    fixed: { up: 'above', marked: 'above', attributes: 'above' },
  },
  {
    title: 'what a tap may send',
    base: [spoofTable, loosely],
    object: guarded,
    updates: {
      macs: varied(guarded, { macs: MACS.slice(1) }),
      sources: varied(guarded, { sources: [SOURCES[0]!, { ...SOURCES[1]!, cidr: '0.0.0.0/0' }] }),
    },
    damages: { guarded: `nft delete element ${TABLE} guarded '{ "tap1" }'` },
    fixed: {},
  },
  {
    title: 'what a tap may send from any address',
    base: [spoofTable, guarded],
    object: loosely,
    updates: {
      sources: varied(loosely, { sources: [] }),
      macs: varied(loosely, { macs: [] }),
    },
    damages: { guarded: `nft flush set ${TABLE} guarded` },
    fixed: {},
  },
  {
    title: 'table for what taps may send',
    base: [],
    object: spoofTable,
    updates: {},
    damages: { intact: `nft flush table ${TABLE}` },
    fixed: {},
  },
  {
    title: 'chain',
    base: [router],
    object: inner,
    updates: {
      rules: varied(inner, { rules: ['-p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697', CHAIN_RULES[1] ?? ''] }),
    },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'built-in chain',
    base: [router, varied(inner, { rules: [] }), other],
    object: jumps,
    updates: { rules: varied(jumps, { rules: [...jumps.spec.rules].reverse() }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'chain of ip6tables',
    base: [router],
    object: six,
    updates: { rules: varied(six, { rules: [] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'chain of the node itself',
    base: [marker],
    object: nodeChain,
    updates: { rules: varied(nodeChain, { rules: [] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'built-in chain of the node itself',
    base: [marker, nodeChain, nodeSecond],
    object: nodeJumps,
    updates: { rules: varied(nodeJumps, { rules: ['-j neutron-l3-agent-snat', '-j neutron-l3-agent-PREROUTING'] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'mark of a table of the node itself',
    // Whatever was there before, the tables stand from the first look on.
    setup: 'iptables-restore --noflush </dev/null; iptables -t nat -S >/dev/null',
    base: [],
    object: marker,
    updates: {},
    damages: { rules: 'iptables -t nat -A netloom-demo -j RETURN' },
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'debts of the node itself',
    base: [],
    object: debts(node, ['ct=0a000001', 'arp=qg-1'], ORIGIN),
    updates: { owed: debts(node, ['ct=0a000002:tcp:22'], ORIGIN) },
    damages: { owed: `printf '' >${HOME}/debts` },
    fixed: {},
  },
  {
    title: 'file',
    base: [],
    object: file(
      node,
      `${HOME}/dhcp/net/opts`,
      `a 'quoted' "text" with $(echo nothing)\n\\n and a tab\t\nno end of line`,
      ORIGIN,
    ),
    updates: {
      content: file(node, `${HOME}/dhcp/net/opts`, '', ORIGIN),
      mode: varied(file(node, `${HOME}/dhcp/net/opts`, '', ORIGIN), { mode: '600' }),
    },
    damages: {},
    fixed: {},
  },
  {
    title: 'file that is no text',
    base: [],
    object: file(node, `${HOME}/dhcp/net/opts`, Buffer.from([0x1f, 0x8b, 0, 0xff, 0x0a, 0x27]), ORIGIN),
    updates: {
      content: file(node, `${HOME}/dhcp/net/opts`, Buffer.alloc(100, 0xfe), ORIGIN),
      encoding: file(node, `${HOME}/dhcp/net/opts`, Buffer.alloc(100, 0xfe).toString('base64'), ORIGIN),
    },
    damages: {},
    fixed: { mode: 'above' },
  },
  {
    title: 'set',
    base: filters,
    object: members,
    updates: {
      members: varied(members, { members: ['10.10.10.0/28', '10.10.10.11', '128.0.0.0/1'] }),
      options: varied(members, { options: ['maxelem', '1000'] }),
    },
    damages: { members: `ipset flush ${members.name}` },
    fixed: { family: 'part of the name' },
  },
  {
    title: 'set of IPv6, altered by a swap',
    base: filters,
    object: members6,
    updates: { members: varied(members6, { members: manyOf('2001:db8::') }) },
    damages: {
      options: `ipset create x hash:net family inet6 timeout 600; ipset swap x ${members6.name}; ipset destroy x`,
    },
    fixed: { family: 'part of the name' },
  },
  {
    title: 'namespace',
    base: [],
    object: router,
    updates: {},
    damages: {
      loUp: 'ip -n qrouter-1 link set dev lo down',
      owed: 'ip -n qrouter-1 link set dev lo alias netloom:demo,ct=0a000001',
    },
    fixed: {},
  },
  {
    title: 'NIC',
    nics: { eth0: NIC },
    base: [borrower, br1],
    object: nicBase,
    updates: {
      bridge: varied(nicBase, { bridge: 'brq1' }),
      mtu: varied(nicBase, { mtu: 1400 }),
      attributes: varied(nicBase, { attributes: { hairpin: 'on', learning: 'off' } }),
    },
    damages: { up: 'ip link set dev eth0 down', stray: 'ip addr add 10.7.0.1/24 dev eth0' },
    // It belongs to whoever put it there, and is carried to the bridge.
    undo: { stray: 'ip addr del 10.7.0.1/24 dev brq0' },
    fixed: { allowDynamic: 'a permission, not a state' },
  },
  {
    title: 'bridge of Open vSwitch',
    ovs: true,
    base: [],
    object: userspace(other1),
    updates: {
      up: userspace(varied(other1, { up: false })),
      failMode: userspace(varied(other1, { failMode: 'secure' })),
      attributes: userspace(varied(other1, { attributes: { txqueuelen: '99', arp: 'off' } })),
    },
    damages: { marked: 'ovs-vsctl clear Bridge br-other external_ids' },
    fixed: { datapath: 'this node has but one' },
  },
  {
    title: 'bridge of Open vSwitch with the address of a NIC',
    ovs: true,
    nics: { eth0: NIC, eth1: 'fa:16:3e:00:00:03' },
    base: [],
    object: userspace(external),
    updates: { nic: userspace(ovsBridge(node, 'br-ex', { up: true, nic: 'eth1' }, ORIGIN)) },
    damages: {
      mac: 'ovs-vsctl set Bridge br-ex other_config:hwaddr=02:00:00:00:00:99; sleep 0.2',
      marked: 'ip link set dev br-ex alias ""',
    },
    fixed: { up: 'above', failMode: 'above', attributes: 'above', datapath: 'this node has but one' },
  },
  {
    title: 'internal port',
    ovs: true,
    base: [integration, other1, router],
    object: internal,
    updates: {
      mac: varied(internal, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(internal, { mtu: 1400 }),
      up: varied(internal, { up: false }),
      bridge: varied(internal, { bridge: 'br-other' }),
      tag: varied(internal, { tag: null }),
      ids: varied(internal, { ids: { ...internal.spec.ids, 'iface-id': 'another', 'a:b': 'c=d "e"' } }),
      attributes: varied(internal, { attributes: { txqueuelen: '99', arp: 'off' } }),
    },
    damages: { marked: 'ip -n qrouter-1 link set dev qr-1 alias ""' },
    fixed: {},
  },
  {
    title: 'internal port of the node itself',
    ovs: true,
    base: [integration, other1],
    object: nodePort,
    updates: {
      mac: varied(nodePort, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(nodePort, { mtu: 1400 }),
      up: varied(nodePort, { up: false }),
      bridge: varied(nodePort, { bridge: 'br-other' }),
      tag: varied(nodePort, { tag: null }),
      ids: varied(nodePort, { ids: { ...nodePort.spec.ids, 'iface-id': 'another' } }),
      attributes: varied(nodePort, { attributes: { txqueuelen: '99', arp: 'off' } }),
    },
    damages: { marked: 'ip link set dev qr-1 alias ""' },
    fixed: {},
  },
  {
    title: 'address of a port of the node itself',
    ovs: true,
    base: [integration, nodePort],
    object: nodeAddress,
    updates: { broadcast: varied(nodeAddress, { broadcast: '10.0.0.254' }) },
    damages: {},
    fixed: {
      device: 'part of the name',
      cidr: 'part of the name',
      label: 'altered in a namespace',
      scope: 'altered in a namespace',
    },
  },
  {
    title: 'route by a port of the node itself',
    ovs: true,
    base: [integration, nodePort, nodeAddress],
    object: nodeRoute,
    updates: { nexthops: varied(nodeRoute, { nexthops: [{ gateway: '10.0.0.253', device: 'qr-1' }] }) },
    damages: {},
    fixed: { protocol: 'it tells whose it is', scope: 'altered in a namespace', metric: 'altered in a namespace' },
  },
  {
    title: 'patch',
    ovs: true,
    base: [integration, other1, ovsBridge(node, 'br-third', { up: true }, ORIGIN)],
    object: patch,
    updates: {
      bridge: varied(patch, { bridge: 'br-third' }),
      tag: varied(patch, { tag: 8 }),
      peer: varied(patch, { peer: { name: 'phy-new', bridge: 'br-third', tag: 9 } }),
    },
    damages: { marked: 'ovs-vsctl clear Interface phy-br-other external_ids' },
    fixed: {},
  },
  {
    title: 'veth that writes its checksums itself',
    base: [router],
    object: varied(loose, { txChecksums: false }),
    updates: {},
    damages: {
      txChecksums: `ip netns exec qrouter-1 perl -e '
        socket(my $s, 2, 2, 0); my $v = pack "L2", 0x17, 1; ioctl($s, 0x8946, my $r = pack "Z16 P x16", "eth0", $v) or die $!'`,
    },
    fixed: Object.fromEntries(
      Object.keys(loose.spec)
        .flatMap((field) => [field, ...Object.keys(loose.spec.tap).map((inner) => `tap.${inner}`)])
        .map((field) => [field, 'below']),
    ),
  },
  {
    title: 'link plugged into Open vSwitch',
    ovs: true,
    base: [integration, other1, router, loose],
    object: plug,
    updates: {
      bridge: varied(plug, { bridge: 'br-other' }),
      tag: varied(plug, { tag: null }),
      ids: ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7 }, ORIGIN),
    },
    damages: { marked: 'ovs-vsctl clear Interface tap1 external_ids' },
    fixed: {},
  },
  {
    title: 'process',
    base: [...routerBase, lan, hostFile],
    object: dnsmasq,
    updates: {
      argv: varied(dnsmasq, { argv: [...dnsmasq.spec.argv, '--domain=example.org'] }),
      inputs: varied(dnsmasq, { inputs: 'two' }),
    },
    damages: {},
    fixed: {
      rootlessArgv: 'the node decides',
      reload: 'how the others are altered',
      seeds: 'only for the start',
      leaseDevice: 'only for a release',
      bindings: 'what is leased is told by dnsmasq; process.test.ts releases some',
    },
  },
  {
    title: 'route on the link',
    base: [...routerBase, lan],
    object: onLink,
    updates: { nexthops: route(ROUTER, '10.9.0.0/24', [{ gateway: '10.0.0.7', device: 'qr-1' }], ORIGIN) },
    damages: {
      protocol: 'ip -n qrouter-1 route replace 10.9.0.0/24 dev qr-1 scope link proto boot',
      scope: 'ip -n qrouter-1 route replace 10.9.0.0/24 dev qr-1 scope global proto static',
    },
    fixed: { metric: 'part of the name' },
  },
  {
    title: 'default route',
    base: [...routerBase, lan],
    object: byGateway,
    updates: {
      nexthops: route(
        ROUTER,
        'default',
        [
          { gateway: '10.0.0.253', device: 'qr-1' },
          { gateway: '10.99.0.1', device: 'qr-1', onlink: true },
        ],
        ORIGIN,
      ),
    },
    damages: { protocol: 'ip -n qrouter-1 route replace default via 10.0.0.254' },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
  {
    title: 'route with two next hops',
    base: [...routerBase, lan],
    object: shared,
    updates: { nexthops: varied(shared, { nexthops: shared.spec.nexthops.slice(0, 1) }) },
    damages: {
      protocol:
        'ip -n qrouter-1 route replace 172.17.0.0/16 proto boot nexthop via 10.0.0.98 dev qr-1 nexthop via 10.0.0.97 dev qr-1',
    },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
  {
    title: 'default route by a gateway outside the subnet',
    base: [...routerBase, lan, toGateway],
    object: byOutside,
    updates: { nexthops: varied(byOutside, { nexthops: byGateway.spec.nexthops }) },
    damages: { protocol: 'ip -n qrouter-1 route replace default via 198.51.100.1' },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
  {
    title: 'sysctl',
    base: routerBase,
    object: sysctl(ROUTER, 'net/ipv4/ip_forward', '1', ORIGIN),
    updates: { value: sysctl(ROUTER, 'net/ipv4/ip_forward', '0', ORIGIN) },
    damages: {},
    fixed: {},
    stays: true,
  },
  {
    title: 'sysctl of a device of the node itself',
    base: routerBase,
    object: sysctl({ node, netns: null }, 'net/ipv6/conf/tap1/disable_ipv6', '1', ORIGIN),
    updates: { value: sysctl({ node, netns: null }, 'net/ipv6/conf/tap1/disable_ipv6', '0', ORIGIN) },
    damages: {},
    fixed: {},
    stays: true,
  },
  {
    title: 'tap',
    needsTun: true,
    base: [br0, br1],
    object: device,
    updates: {
      mtu: varied(device, { mtu: 1400 }),
      up: varied(device, { up: false }),
      bridge: varied(device, { bridge: 'brq1' }),
      attributes: varied(device, { attributes: { isolated: 'on', txqueuelen: '77' } }),
    },
    damages: { marked: 'ip link set dev tap9 alias ""' },
    fixed: {},
  },
  {
    title: 'veth between two switches',
    base: [br0, br1],
    object: link,
    updates: {
      peer: varied(link, { peer: 'qvo2' }),
      bridge: varied(link, { bridge: 'brq1' }),
      mtu: varied(link, { mtu: 1400 }),
      up: varied(link, { up: false }),
      macs: varied(link, { macs: ['fa:16:3e:00:00:b1', 'fa:16:3e:00:00:b2'] }),
    },
    damages: { marked: 'ip link set dev qvb1 alias ""' },
    fixed: {},
  },
  {
    title: 'veth',
    base: [br0, br1, router],
    object: port,
    updates: {
      mac: varied(port, { mac: 'fa:16:3e:00:00:12' }),
      mtu: varied(port, { mtu: 1450 }),
      up: varied(port, { up: false }),
      attributes: varied(port, { attributes: { txqueuelen: '99', arp: 'off' } }),
      'tap.name': varied(port, { tap: { ...port.spec.tap, name: 'tap2' } }),
      'tap.mtu': varied(port, { tap: { ...port.spec.tap, mtu: 1400 } }),
      'tap.up': varied(port, { tap: { ...port.spec.tap, up: false } }),
      'tap.bridge': varied(port, { tap: { ...port.spec.tap, bridge: 'brq1' } }),
      'tap.attributes': varied(port, { tap: { ...port.spec.tap, attributes: { hairpin: 'on', txqueuelen: '44' } } }),
    },
    damages: { marked: 'ip link set dev tap1 alias ""' },
    fixed: { guest: 'where it stands' },
  },
];
