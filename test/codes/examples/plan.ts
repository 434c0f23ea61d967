import { planNetwork } from '../../../src/session/plan.ts';
import { printed, type Example, type Examples } from '../example.ts';
import {
  EMPTY,
  FILE,
  FILTERED,
  graphOf,
  METADATA,
  NODE_ROUTER,
  PLAIN,
  SWITCHED,
  WITH_DHCP,
  WITH_SET,
} from '../topologies.ts';
import { address, fakeShell, ip, link, openvswitch, type FakeNode } from '../fake-node.ts';

/** An example that prints the diagnostics of a plan for the node `n1`, with this state. */
function planned(given: string, text: string, node: FakeNode): Example {
  return {
    input: { language: 'yaml', text },
    given,
    async print() {
      const graph = graphOf(text);
      const { diagnostics } = await planNetwork(graph, new Map([['n1', fakeShell('n1', node)]]));
      return printed(diagnostics, new Map([[FILE, text]]));
    },
  };
}

const LO = link('lo', 1, { flags: ['LOOPBACK', 'UP'] });
const ETH0 = link('eth0', 2);
const ETH1 = link('eth1', 3);
const SWITCH = openvswitch();
/** Bridged frames pass iptables. */
const BRIDGED = { 'bridge-nf': '1\n1' };
/** The chains that mark a table as ours. */
const OURS = [':netloom-example - [0:0]', ':neutron-linuxbri-sg-chain - [0:0]'];

function rules(table: string, ...lines: readonly string[]): { readonly 'iptables-save': string } {
  return { 'iptables-save': `*${table}\n${lines.join('\n')}\nCOMMIT\n` };
}

function nft(...objects: readonly object[]): string {
  return `${JSON.stringify({ nftables: [{ metainfo: {} }, ...objects] })}\n@none`;
}

/** A foreign table of nft with one rule in a chain at a hook. */
function foreignTable(hook: string, expr: readonly object[]): string {
  const at = { family: 'inet', table: 'theirs' };
  return nft(
    { table: { family: 'inet', name: 'theirs' } },
    { chain: { ...at, name: 'base', type: 'filter', hook, prio: 0, policy: 'accept' } },
    { rule: { ...at, chain: 'base', handle: 4, expr } },
  );
}

function tcpTo(port: number): object {
  return { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: port } };
}

/** Names derived from the topologies above. */
const BRIDGE = 'brq4385b194-d1';
const BORROWER = link(BRIDGE, 5, { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:example,nic=eth0' });
const TAP = 'tapa0eafebd-23';
const MARK = 'netloom:example';
const OUR_BRIDGE = link(BRIDGE, 4, { linkinfo: { info_kind: 'bridge' }, ifalias: `${MARK},nic=eth0` });
const OUR_TAP = link(TAP, 5, { linkinfo: { info_kind: 'veth' }, ifalias: MARK, link_index: 2, link_netnsid: 0 });
const GUARDED = nft(
  { table: { family: 'bridge', name: 'netloom-example' } },
  { set: { family: 'bridge', table: 'netloom-example', name: 'guarded', type: 'ifname', elem: [TAP] } },
);
const DHCP = 'qdhcp-4385b194-d12e-597c-98bf-1a59516a6cab';
const SET = 'NIPv4cce1be04-5e9a-52a4-ac73-';

/** The address of the DHCP server of `WITH_DHCP`. */
const SERVER = '10.0.0.3';

/** A permanent neighbour as the kernel writes it: the server's address is at 02:00:00:00:00:01 on device 2. */
const NEIGHBOUR = `02000000020000008000000008000100${SERVER.split('.')
  .map((byte) => Number(byte).toString(16).padStart(2, '0'))
  .join('')}0a0002000200000000010000`;

const NAMES_SET = `-m set --match-set ${SET} src -j ACCEPT`;

export const PLAN_EXAMPLES: Examples = {
  NLP01: planned('The node has `eth1` alone.', PLAIN, { own: ip([LO, ETH1]) }),
  NLP02: planned('A DHCP client gave `eth0` its address.', PLAIN, {
    own: ip([LO, link('eth0', 2, { addr_info: [address('192.0.2.9', 24, { dynamic: true })] })]),
  }),
  NLP03: planned('`eth0` is a port of `br0`.', PLAIN, {
    own: ip([LO, link('eth0', 2, { master: 'br0' }), link('br0', 3, { linkinfo: { info_kind: 'bridge' } })]),
  }),
  NLP60: planned('`eth0` has the macvlan `mv0` on it.', PLAIN, {
    own: ip([LO, ETH0, link('mv0', 3, { link: 'eth0', linkinfo: { info_kind: 'macvlan' } })]),
  }),
  NLP04: planned('The policy of `FORWARD` is `DROP`, as Docker sets it, and br_netfilter is on.', PLAIN, {
    node: BRIDGED,
    own: { ...ip([LO, ETH0]), ...rules('filter', ':FORWARD DROP [0:0]') },
  }),
  NLP05: planned('A route by `eth0` has an encapsulation.', PLAIN, {
    own: ip([LO, ETH0], [{ dst: '198.51.100.0/24', gateway: '192.0.2.1', dev: 'eth0', encap: 'mpls', flags: [] }]),
  }),
  NLP06: planned('A bridge of the topology exists, and another program added the port `eth9`.', EMPTY, {
    own: ip([
      LO,
      link(BRIDGE, 3, { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:example,nic=eth0' }),
      link('eth0', 2, { master: BRIDGE }),
      link('eth9', 4, { master: BRIDGE }),
    ]),
  }),
  NLP07: planned('`db.sock` is there, and ovs-vswitchd does not answer.', SWITCHED, {
    node: openvswitch(1),
    own: ip([LO, ETH0]),
  }),
  NLP08: planned('A link of the node is named `br-int`.', SWITCHED, {
    node: SWITCH,
    own: ip([LO, ETH0, link('br-int', 3)]),
  }),
  NLP10: planned('The bridge exists and has the mark of the topology `other`.', PLAIN, {
    own: ip([LO, ETH0, link(BRIDGE, 3, { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:other,nic=eth0' })]),
  }),
  NLP11: planned('The node has no dnsmasq.', WITH_DHCP, {
    node: { programs: 'dnsmasq\niptables v1.8.9 (nf_tables)\nip6tables v1.8.9 (nf_tables)' },
    own: ip([LO, ETH0]),
  }),
  NLP12: planned('An agent of Neutron works on the node.', FILTERED, {
    node: BRIDGED,
    own: {
      ...ip([LO, ETH0]),
      ...rules(
        'filter',
        ':FORWARD ACCEPT [0:0]',
        ':neutron-linuxbri-FORWARD - [0:0]',
        '-A FORWARD -j neutron-linuxbri-FORWARD',
      ),
    },
  }),
  NLP13: planned('The node has the address 10.0.0.77/24 on `wlan0`.', NODE_ROUTER, {
    node: SWITCH,
    own: ip([LO, ETH0, ETH1, link('wlan0', 4, { addr_info: [address('10.0.0.77', 24)] })]),
  }),
  NLP14: planned('The node has a default route.', NODE_ROUTER, {
    node: SWITCH,
    own: ip([LO, ETH0, ETH1, link('wlan0', 4)], [{ dst: 'default', gateway: '203.0.113.1', dev: 'wlan0', flags: [] }]),
  }),
  NLP15: planned('The policy of `FORWARD` is `DROP`, as Docker sets it.', NODE_ROUTER, {
    node: SWITCH,
    own: { ...ip([LO, ETH0, ETH1]), ...rules('filter', ':FORWARD DROP [0:0]') },
  }),
  NLP16: planned('Another program listens on TCP port 9697.', NODE_ROUTER + METADATA, {
    node: { ...SWITCH, listeners: '   0: 00000000:25E1 00000000:0000 0A 00000000:00000000\nend' },
    own: ip([LO, ETH0, ETH1]),
  }),
  NLP21: planned('A set of another type has the name, and a foreign rule names it.', WITH_SET, {
    node: { ...BRIDGED, ipset: `create ${SET} hash:ip family inet` },
    own: { ...ip([LO, ETH0]), ...rules('filter', ...OURS, ':theirs - [0:0]', `-A theirs ${NAMES_SET}`) },
  }),
  NLP22: planned('A set of the topology exists, and a foreign rule names it.', EMPTY, {
    node: { ipset: `create ${SET} hash:net family inet` },
    own: { ...ip([LO]), ...rules('filter', ...OURS, ':theirs - [0:0]', `-A theirs ${NAMES_SET}`) },
  }),
  NLP24: planned('br_netfilter is not loaded.', FILTERED, { own: ip([LO, ETH0]) }),
  NLP25: planned('The node has no nft.', FILTERED, {
    node: { ...BRIDGED, 'nft-bridge': '@absent' },
    own: ip([LO, ETH0]),
  }),
  NLP26: planned('An agent of Neutron has left a chain in the table `nat` of nft.', FILTERED, {
    node: { ...BRIDGED, 'nft-bridge': nft({ chain: { family: 'bridge', table: 'nat', name: `neutronMAC-${TAP}` } }) },
    own: ip([LO, ETH0]),
  }),
  NLP30: planned('`iptables -F; iptables -X` has deleted all rules; the tap is in its bridge.', FILTERED, {
    node: { ...BRIDGED, 'nft-bridge': GUARDED },
    own: ip([LO, { ...ETH0, master: BRIDGE }, OUR_BRIDGE, { ...OUR_TAP, master: BRIDGE }]),
  }),
  NLP31: planned('The table of nft is missing, and the tap exists.', FILTERED, {
    node: BRIDGED,
    own: ip([LO, ETH0, OUR_TAP]),
  }),
  NLP33: planned('Another program drops one port of what bridges forward.', PLAIN, {
    node: { ...BRIDGED, 'foreign-filters': foreignTable('forward', [tcpTo(25), { drop: null }]) },
    own: ip([LO, ETH0]),
  }),
  NLP34: planned('Another program switches connection tracking off.', FILTERED, {
    node: { ...BRIDGED, 'foreign-filters': foreignTable('prerouting', [{ notrack: null }]) },
    own: ip([LO, ETH0]),
  }),
  NLP35: planned('A rule allows SSH by the device `eth0` alone.', PLAIN, {
    node: { 'ssh-session': '192.0.2.1 50022 192.0.2.9 22' },
    own: {
      ...ip([LO, link('eth0', 2, { addr_info: [address('192.0.2.9', 24)] })]),
      ...rules('filter', ':INPUT DROP [0:0]', '-A INPUT -i eth0 -p tcp -m tcp --dport 22 -j ACCEPT'),
    },
  }),
  NLP36: planned('A rule translates what leaves by `eth0`.', PLAIN, {
    own: {
      ...ip([LO, ETH0]),
      ...rules('nat', ':POSTROUTING ACCEPT [0:0]', '-A POSTROUTING -s 10.9.0.0/16 -o eth0 -j MASQUERADE'),
    },
  }),
  NLP40: planned('In the namespace of the DHCP server another program added a route.', WITH_DHCP, {
    own: ip([LO, ETH0]),
    namespaces: {
      [DHCP]: ip(
        [link('lo', 1, { flags: ['LOOPBACK', 'UP'], ifalias: 'netloom:example' })],
        [{ dst: '10.0.0.7', dev: 'lo', protocol: 'boot', scope: 'link', flags: [] }],
      ),
    },
  }),
  NLP42: planned('`eth0` is in the bridge of the topology, and its MTU was lowered.', PLAIN, {
    own: ip([
      LO,
      link(BRIDGE, 3, { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:example,nic=eth0' }),
      link('eth0', 2, { master: BRIDGE, mtu: 600 }),
    ]),
  }),
  NLP46: planned('A fixed entry of the bridge leads to `eth0`.', WITH_DHCP, {
    own: { ...ip([LO, ETH0, BORROWER]), netlink: 'fdb 2 5 fa:16:3e:ec:57:7a' },
  }),
  NLP47: planned(
    'Another NIC has the address of the DHCP server, and the node answers ARP on its bridges.',
    WITH_DHCP,
    {
      own: ip([LO, ETH0, BORROWER, link('eth9', 9, { addr_info: [address(SERVER, 24)] })]),
    },
  ),
  NLP61: planned('`eth0` has the address of the DHCP server.', WITH_DHCP, {
    own: ip([LO, link('eth0', 2, { addr_info: [address(SERVER, 24)] })]),
  }),
  NLP62: planned(
    'A permanent neighbour entry for the address of the DHCP server has the MAC of another machine.',
    WITH_DHCP,
    {
      own: { ...ip([LO, ETH0]), netlink: `neighbour ${NEIGHBOUR}` },
    },
  ),
};
