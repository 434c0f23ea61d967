import { describe, expect, test } from 'vitest';
import { pathsProbe } from '../../src/kinds/file/marks.ts';
import { surveyOf } from '../../src/gc/survey.ts';
import { tracesOf } from '../../src/gc/traces.ts';
import { nicLabel } from '../../src/kernel/links/alias.ts';
import { kernelNamesProbe } from '../../src/kernel/netfilter/kernel-names.ts';
import { ovsProbe } from '../../src/kernel/openvswitch/database.ts';
import { allProcessesProbe, type SeenProcess } from '../../src/kinds/process/processes.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { link, viewOf } from '../support/view.ts';

function address(local: string, label: string) {
  return { family: 'inet', local, prefixlen: 24, scope: 'global', label };
}

function running(pid: number, where: Pick<SeenProcess, 'names' | 'proven'>, ...argv: string[]): SeenProcess {
  return { pid, start: '1', stopped: false, sockets: 0, ...where, argv };
}

/** Returns the traces of a view as short texts. */
function inShort(view: NodeView): string[] {
  return tracesOf(view).map(({ netns, sort, name, says }) => `${says}: ${sort} ${netns ?? '-'} ${name}`);
}

describe('objects that name a topology', () => {
  test('links by their alias, in the node’s own namespace and in all others', () => {
    const view = viewOf('n1', [
      {
        netns: null,
        links: [
          link('lo', 1),
          link('brq1', 2, { ifalias: 'netloom:demo,nic=eth1' }),
          link('eth0', 3, { ifalias: 'to netloom:demo' }),
          link('eth1', 4),
        ],
      },
      { netns: 'qrouter-1', links: [link('lo', 1, { ifalias: 'netloom:demo,arp=qr-1' }), link('qr-1', 2)] },
      { netns: 'theirs', links: [link('lo', 1), link('eth0', 2, { ifalias: 'netloom:other' })] },
      { netns: '/run/netloom-guests/vm1', links: [link('eth0', 2, { ifalias: 'netloom:demo' })] },
    ]);
    expect(inShort(view)).toEqual([
      'demo: link - brq1',
      'demo: namespace - qrouter-1',
      'other: link theirs eth0',
      'demo: link /run/netloom-guests/vm1 eth0',
    ]);
  });

  test('rows of Open vSwitch, each name once', () => {
    const document = (headings: string[], ...data: unknown[][]): string => JSON.stringify({ headings, data });
    const ids = (...pairs: [string, string][]): unknown => ['map', pairs];
    const none = ['set', []];
    const ovs = ovsProbe.parse(
      [
        document(['datapath_types'], [['set', ['netdev']]]),
        document(
          ['name', 'external_ids', 'ports'],
          ['br-int', ids(['netloom', 'demo']), ['uuid', 'p1']],
          ['br-theirs', ids(['owner', 'demo']), none],
        ),
        document(['_uuid', 'name', 'external_ids', 'interfaces'], [['uuid', 'p1'], 'br-int', ids(), ['uuid', 'i1']]),
        document(
          ['_uuid', 'name', 'external_ids', 'type'],
          [['uuid', 'i1'], 'br-int', ids(['netloom', 'demo']), 'internal'],
          [['uuid', 'i2'], 'tap1', ids(['iface-id', 'x'], ['netloom', 'other']), ''],
        ),
        '@answer 0',
      ].join('\n'),
    );
    expect(inShort(viewOf('n1', [], { values: { [ovsProbe.id]: ovs } }))).toEqual([
      'demo: ovs-row - br-int',
      'other: ovs-row - tap1',
    ]);
  });

  test('tables of nft’s bridge family, by their names', () => {
    const tables = ['bridge netloom-demo', 'bridge netloom-No', 'bridge nat', 'inet netloom-x'];
    const read = kernelNamesProbe.parse(tables.map((table) => `nft ${table}\n`).join(''));
    const view = viewOf('n1', [], { values: { [kernelNamesProbe.id]: read } });
    expect(inShort(view)).toEqual(['demo: nft-table - netloom-demo', 'No: nft-table - netloom-No']);
    expect(surveyOf([view])).toMatchObject({ topologies: [{ topology: 'demo' }], illegible: [{ name: 'netloom-No' }] });
  });

  test('files, whatever their names', () => {
    const lines = ['/run/netloom/demo/dhcp/a b\nc', '/run/netloom/x;reboot/y'].map(
      (path) => `p ${Buffer.from(path).toString('hex')}\n`,
    );
    const paths = pathsProbe.parse(`${lines.join('')}end\n`);
    expect(inShort(viewOf('n1', [], { values: { [pathsProbe.id]: paths } }))).toEqual([
      'demo: file - /run/netloom/demo/dhcp/a b\nc',
      'x;reboot: file - /run/netloom/x;reboot/y',
    ]);
    expect(pathsProbe.parse('end\n')).toEqual([]);
    expect(() => pathsProbe.parse(lines.join(''))).toThrow('last line');
  });

  test('tables of the node’s own namespace that a chain marks', () => {
    const save4 = `*nat
:PREROUTING ACCEPT [0:0]
:netloom-demo - [0:0]
:netloom-Not-A-Name - [0:0]
COMMIT
*filter
:neutron-l3-agent-INPUT - [0:0]
COMMIT
`;
    expect(inShort(viewOf('n1', [{ netns: null, save4 }]))).toEqual(['demo: table - nat of iptables']);
    // In a foreign namespace these chains are not marks.
    expect(inShort(viewOf('n1', [{ netns: null }, { netns: 'theirs', save4 }]))).toEqual([]);
  });

  test('daemons in a namespace of a topology, and elsewhere those that no other user can have started', () => {
    const state = '/run/netloom/demo/dhcp/net/state';
    const dnsmasq = ['/usr/sbin/dnsmasq', `--pid-file=${state}/pid`] as const;
    const processes = [
      running(10, { names: ['qdhcp-1'], proven: false }, ...dnsmasq),
      running(11, { names: [], proven: true }, ...dnsmasq),
      running(12, { names: [], proven: false }, ...dnsmasq),
      running(13, { names: ['theirs'], proven: false }, ...dnsmasq),
      // The proxy of a router without a namespace is in the node's own namespace.
      running(14, { names: [null], proven: true }, '/usr/sbin/haproxy', '-C', state),
      running(15, { names: [null], proven: false }, '/usr/sbin/haproxy', '-C', state),
      // A second name of the same namespace, which carries no mark under that name.
      running(16, { names: ['a-copy', 'qdhcp-1'], proven: false }, ...dnsmasq),
    ];
    const view = viewOf('n1', [{ netns: 'qdhcp-1', alias: 'netloom:demo' }, { netns: 'theirs' }], {
      values: { [allProcessesProbe.id]: processes },
    });
    expect(inShort(view)).toEqual([
      'demo: process qdhcp-1 dnsmasq (pid 10)',
      'demo: process - dnsmasq (pid 11)',
      'demo: process - haproxy (pid 14)',
      'demo: process qdhcp-1 dnsmasq (pid 16)',
    ]);
  });
});

describe('a survey', () => {
  test('is grouped by topology, sorted by name, over all nodes', () => {
    const one = viewOf('n1', [{ netns: null, links: [link('tap1', 2, { ifalias: 'netloom:b' })] }]);
    const two = viewOf('n2', [
      { netns: null, links: [link('tap1', 2, { ifalias: 'netloom:b' }), link('tap2', 3, { ifalias: 'netloom:a' })] },
    ]);
    const { topologies } = surveyOf([one, two]);
    expect(topologies.map(({ topology, traces }) => [topology, traces.map(({ node }) => node)])).toEqual([
      ['a', ['n2']],
      ['b', ['n1', 'n2']],
    ]);
  });

  test.each(['', '..', '../../etc', 'Demo', 'a b', '-x', 'a;reboot', '$(reboot)', 'a\nb', 'x'.repeat(20), 'é'])(
    'an object with the mark %j is reported, and not listed as a topology',
    (says) => {
      const links = [link('tap1', 2, { ifalias: `netloom:${says}` })];
      const { topologies, illegible } = surveyOf([viewOf('n1', [{ netns: null, links }])]);
      expect(topologies).toEqual([]);
      expect(illegible.map((trace) => [trace.name, trace.says])).toEqual([['tap1', says]]);
    },
  );

  test('an address with a label like ours is reported if no topology found has it', () => {
    const demo = nicLabel('eth0', 'demo', false) ?? '';
    const links = [
      link('tap1', 2, { ifalias: 'netloom:demo' }),
      link('eth0', 3, {
        addr_info: [
          address('10.0.0.1', demo),
          address('10.0.0.2', 'eth0:beef'),
          address('10.0.0.3', 'eth0:web'),
          address('10.0.0.4', 'eth0'),
        ],
      }),
    ];
    expect(surveyOf([viewOf('n1', [{ netns: null, links }])]).unnamed).toEqual([
      { node: 'n1', device: 'eth0', cidr: '10.0.0.2/24', label: 'eth0:beef' },
    ]);
  });

  test('an Open vSwitch that does not answer is reported', () => {
    const ovs = ovsProbe.parse('@silence connection refused\n@answer 1');
    expect(surveyOf([viewOf('n1', [], { values: { [ovsProbe.id]: ovs } })]).silent).toEqual([
      { node: 'n1', why: 'connection refused' },
    ]);
    expect(surveyOf([viewOf('n1', [], { values: { [ovsProbe.id]: ovsProbe.parse('') } })]).silent).toEqual([]);
  });
});
