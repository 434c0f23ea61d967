import { describe, expect, test } from 'vitest';
import { nicLabel } from '../../src/kernel/links/alias.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { address, fakeShell, ip, link, type FakeNode } from '../codes/fake-node.ts';
import { graphOf } from '../codes/topologies.ts';

/** A router with its gateway, a floating IP and a guest; `n2` has only a NIC. */
const TOPOLOGY = `name: example
physical_networks: { wire: {}, inner: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth0: { physical_network: wire }, eth1: { physical_network: inner } } }
  n2: { reach: { via: lab }, nics: { eth0: { physical_network: wire, addresses: [192.0.2.30/24] } } }
networks:
  ext:
    physical_network: wire
    external: true
    subnets: { ext: { cidr: 192.0.2.0/24, enable_dhcp: false } }
  lan:
    id: aaaaaaaa-bb00-4000-8000-000000000001
    physical_network: inner
    port_security_enabled: false
    subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } }
routers:
  r1:
    id: 11111111-1111-4111-8111-111111111111
    node: n1
    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10, mac_address: "fa:16:3e:00:00:01" }
    interfaces: { lan: {} }
instances:
  vm1: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5 } } }
floating_ips:
  fip: { floating_network: ext, floating_ip_address: 192.0.2.20, instance: vm1 }
`;

const VLAN = `name: example
physical_networks: { wire: {} }
nodes:
  n1: { mechanism: openvswitch, nics: { eth0: { physical_network: wire } } }
networks:
  lan:
    physical_network: wire
    network_type: vlan
    segmentation_id: 100
    port_security_enabled: false
    subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } }
instances:
  vm1: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.5 } } }
`;

const LO = link('lo', 1, { flags: ['LOOPBACK', 'UP'] });
const VETH = { info_kind: 'veth' };
const BRIDGE = { info_kind: 'bridge' };

/** A link with these addresses. */
function having(name: string, index: number, cidrs: readonly string[], more: object = {}): object {
  const addresses = cidrs.map((cidr) => {
    const [local = '', length = ''] = cidr.split('/');
    return address(local, Number(length), { family: local.includes(':') ? 'inet6' : 'inet', label: name });
  });
  return link(name, index, { addr_info: addresses, address: `02:00:00:00:00:0${String(index)}`, ...more });
}

function own(...links: readonly object[]): FakeNode {
  return { own: ip([LO, ...links]) };
}

async function told(nodes: Readonly<Record<string, FakeNode>>, text = TOPOLOGY): Promise<readonly string[]> {
  const all = { n1: own(link('eth0', 2), link('eth1', 3)), n2: own(link('eth0', 2)), ...nodes };
  const graph = graphOf(text);
  const shells = new Map(graph.nodes.map((name) => [name, fakeShell(name, all[name as 'n1'])]));
  const { diagnostics } = await planNetwork(graph, shells);
  const found = diagnostics.filter(({ code }) => ['NLP61', 'NLP62', 'NLP47'].includes(code));
  return found.map(({ code, summary, range }) => `${code} ${summary}${range ? '' : ' (nowhere)'}`);
}

const GATEWAY = 'NLP61 routers.r1.external_gateway uses 192.0.2.10, which';
const GUEST = 'NLP61 instances.vm1.ports.eth0 uses 10.0.0.5, which';

describe('an address that the topology uses is an error where it exists on the same wire', () => {
  test.each<[string, Record<string, FakeNode>, string[]]>([
    ['on the NIC', { n1: own(having('eth0', 2, ['192.0.2.10/24'])) }, [`${GATEWAY} n1 has on eth0`]],
    [
      'on the NIC of another node',
      { n2: own(having('eth0', 2, ['192.0.2.20/32'])) },
      ['NLP61 floating_ips.fip uses 192.0.2.20, which n2 has on eth0'],
    ],
    [
      'the address of a NIC on another node',
      { n1: own(having('eth0', 2, ['192.0.2.30/24']), link('eth1', 3)) },
      ['NLP61 nodes.n2.nics.eth0 uses 192.0.2.30, which n1 has on eth0'],
    ],
    [
      'on a foreign bridge with the NIC, also behind a veth pair and another bridge',
      {
        n2: own(
          link('eth0', 2, { master: 'br0' }),
          having('br0', 4, ['192.0.2.10/24'], { linkinfo: BRIDGE }),
          link('v0', 5, { master: 'br0', link: 'v1', linkinfo: VETH }),
          link('v1', 6, { master: 'br1', link: 'v0', linkinfo: VETH }),
          having('br1', 7, ['192.0.2.20/24'], { linkinfo: BRIDGE }),
        ),
      },
      [`${GATEWAY} n2 has on br0`, 'NLP61 floating_ips.fip uses 192.0.2.20, which n2 has on br1'],
    ],
    [
      'in a named namespace behind the bridge, of another topology',
      {
        n1: {
          node: { 'netns-ids': '[{"name":"qrouter-2","id":7},{"name":"other","id":8}]' },
          own: ip([
            LO,
            link('eth0', 2, { master: 'br0' }),
            link('br0', 4, { linkinfo: BRIDGE }),
            link('tap2', 5, { master: 'br0', link_index: 2, link_netnsid: 7, linkinfo: VETH }),
          ]),
          namespaces: {
            'qrouter-2': ip([
              link('lo', 1, { ifalias: 'netloom:second' }),
              having('qg-2', 2, ['192.0.2.10/24'], { link_index: 5, link_netnsid: 0, linkinfo: VETH }),
            ]),
            // The same numbers by coincidence.
            other: ip([LO, having('eth0', 2, ['192.0.2.20/24'], { link_index: 5, link_netnsid: 0, linkinfo: VETH })]),
          },
        },
      },
      [`${GATEWAY} n1 has on qg-2 in qrouter-2 (topology second)`],
    ],
    [
      'on a macvlan',
      {
        n2: own(
          link('eth0', 2),
          having('mv0', 3, ['192.0.2.10/24'], { link: 'eth0', linkinfo: { info_kind: 'macvlan' } }),
        ),
      },
      [`${GATEWAY} n2 has on mv0`],
    ],
  ])('%s', async (_, nodes, expected) => {
    expect(await told(nodes)).toEqual(expected);
  });

  test('in a VLAN, on its device or in the switch, and not outside', async () => {
    const vlan = (id: number): object => ({ link: 'eth0', linkinfo: { info_kind: 'vlan', info_data: { id } } });
    expect(await told({ n1: own(having('eth0', 2, ['10.0.0.5/24'])) }, VLAN)).toEqual([]);
    expect(await told({ n1: own(link('eth0', 2), having('eth0.7', 3, ['10.0.0.5/24'], vlan(7))) }, VLAN)).toEqual([]);
    expect(await told({ n1: own(link('eth0', 2), having('eth0.100', 3, ['10.0.0.5/24'], vlan(100))) }, VLAN)).toEqual([
      `${GUEST} n1 has on eth0.100`,
    ]);
    const withPort = (tag: number | null): FakeNode => ({
      node: { ovs: switched(tag) },
      own: ip([LO, link('eth0', 2), having('mgmt', 9, ['10.0.0.5/24'], { linkinfo: { info_kind: 'openvswitch' } })]),
    });
    expect(await told({ n1: withPort(100) }, VLAN)).toEqual([`${GUEST} n1 has on mgmt`]);
    expect(await told({ n1: withPort(null) }, VLAN)).toEqual([]);
  });
});

describe('no other address is', () => {
  test.each<[string, Record<string, FakeNode>]>([
    ['on another NIC', { n1: own(having('eth9', 9, ['192.0.2.10/24'])) }],
    ['in another network', { n1: own(having('eth1', 3, ['192.0.2.10/24']), having('eth0', 2, ['10.0.0.5/24'])) }],
    ['the NIC has it that the file gives it to', { n2: own(having('eth0', 2, ['192.0.2.30/24'])) }],
    ['with the label of the topology: it goes', { n1: own(labelled('eth0', 2, '192.0.2.10')) }],
    [
      'on a bridge that filters VLANs',
      {
        n2: own(
          link('eth0', 2, { master: 'br0' }),
          having('br0', 4, ['192.0.2.10/24'], { linkinfo: { info_kind: 'bridge', info_data: { vlan_filtering: 1 } } }),
        ),
      },
    ],
    [
      'in a namespace of the topology that the plan removes, and behind its own taps',
      {
        n1: {
          node: { 'netns-ids': '[{"name":"qrouter-3","id":3},{"name":"lxc","id":4}]' },
          own: ip([
            LO,
            link('eth0', 2, { master: 'brq1' }),
            link('brq1', 4, { linkinfo: BRIDGE, ifalias: 'netloom:example,nic=eth0' }),
            link('tap3', 5, { master: 'brq1', link_index: 2, link_netnsid: 3, linkinfo: VETH }),
            link('tap4', 6, {
              master: 'brq1',
              ifalias: 'netloom:example',
              link_index: 2,
              link_netnsid: 4,
              linkinfo: VETH,
            }),
          ]),
          namespaces: {
            'qrouter-3': ip([
              link('lo', 1, { ifalias: 'netloom:example' }),
              having('qg-3', 2, ['192.0.2.10/24'], { link_index: 5, link_netnsid: 0, linkinfo: VETH }),
            ]),
            lxc: ip([LO, having('eth0', 2, ['192.0.2.20/24'], { link_index: 6, link_netnsid: 0, linkinfo: VETH })]),
          },
        },
      },
    ],
    [
      'with the MAC of the port itself',
      { n2: own(having('eth0', 2, ['192.0.2.10/24'], { address: 'fa:16:3e:00:00:01' })) },
    ],
  ])('%s', async (_, nodes) => {
    expect((await told(nodes)).filter((line) => !line.startsWith('NLP47'))).toEqual([]);
  });
});

describe('permanent neighbours and proxy entries', () => {
  const neighbour = (word: string, mac: string): FakeNode => ({
    own: {
      ...ip([LO, link('eth0', 2), link('eth1', 3)]),
      // struct ndmsg of device 2, and 192.0.2.10.
      netlink: `${word} 020000000200000080000${word === 'proxy' ? '8' : '0'}0008000100c000020a0a000200${mac}0000`,
    },
  });

  test('another MAC is an error', async () => {
    expect(await told({ n1: neighbour('neighbour', '020000000001') })).toEqual([
      'NLP62 routers.r1.external_gateway uses 192.0.2.10, for which n1 has the MAC 02:00:00:00:00:01 on eth0',
    ]);
    expect(await told({ n1: neighbour('neighbour', 'fa163e000001') })).toEqual([]);
  });
});

/** An address that netloom gave to a NIC. */
function labelled(nic: string, index: number, local: string): object {
  return link(nic, index, { addr_info: [address(local, 24, { label: nicLabel(nic, 'example', false) })] });
}

/** A switch with the bridge `br-eth0`: the NIC, and the internal port `mgmt`. */
function switched(tag: number | null): string {
  const set = (values: readonly unknown[]): unknown => ['set', values];
  const map = (): unknown => ['map', []];
  const rows = [
    { headings: ['datapath_types'], data: [[set(['netdev', 'system'])]] },
    {
      headings: ['name', 'datapath_type', 'fail_mode', 'external_ids', 'other_config', 'ports'],
      data: [
        [
          'br-eth0',
          '',
          '',
          map(),
          map(),
          set([
            ['uuid', 'p1'],
            ['uuid', 'p2'],
          ]),
        ],
      ],
    },
    {
      headings: ['_uuid', 'name', 'tag', 'external_ids', 'interfaces'],
      data: [
        [['uuid', 'p1'], 'eth0', set([]), map(), ['uuid', 'i1']],
        [['uuid', 'p2'], 'mgmt', tag ?? set([]), map(), ['uuid', 'i2']],
      ],
    },
    {
      headings: '_uuid,name,type,mac,mac_in_use,ofport,ifindex,error,mtu_request,external_ids,options'.split(','),
      data: ['eth0', 'mgmt'].map((name, i) => [
        ['uuid', `i${String(i + 1)}`],
        name,
        name === 'mgmt' ? 'internal' : '',
        set([]),
        '',
        1,
        1,
        set([]),
        set([]),
        map(),
        map(),
      ]),
    },
  ];
  return [...rows.map((table) => JSON.stringify(table)), '@answer 0'].join('\n');
}
