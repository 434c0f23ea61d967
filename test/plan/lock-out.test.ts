import { describe, expect, test } from 'vitest';
import type { RawAddress, RawLink, RawRoute } from '../../src/kernel/probes/ip.ts';
import { sshSessionProbe } from '../../src/kernel/probes/ssh-session.ts';
import { desiredGraph, type DesiredGraph } from '../../src/model/graph.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { lifelineOf } from '../../src/kernel/lifeline/lifeline.ts';
import { lockOuts } from '../../src/plan/lock-out.ts';
import { lossOf } from '../../src/kernel/lifeline/losses.ts';
import type { Touch } from '../../src/model/touch.ts';
import { lockOutRefusals } from '../../src/session/guard.ts';
import { compiled } from '../support/compiled.ts';
import { asObserved, planFrom } from '../support/ordered.ts';
import { contextOf, link, viewOf } from '../support/view.ts';

const SESSION = { client: '198.51.100.7', clientPort: 50022, server: '192.0.2.9', serverPort: 22 };

function addr(local: string, prefixlen: number, more: Partial<RawAddress> = {}): RawAddress {
  return { family: local.includes(':') ? 'inet6' : 'inet', local, prefixlen, scope: 'global', ...more };
}

const ETH0 = link('eth0', 2, { addr_info: [addr('192.0.2.9', 24)] });
const ETH1 = link('eth1', 3, { addr_info: [addr('203.0.113.9', 24)] });
const ROUTES: readonly RawRoute[] = [
  { dst: 'default', gateway: '192.0.2.1', dev: 'eth0' },
  { dst: '192.0.2.0/24', dev: 'eth0', protocol: 'kernel', scope: 'link' },
  { dst: '203.0.113.0/24', dev: 'eth1', protocol: 'kernel', scope: 'link' },
  { dst: '198.51.0.0/16', dev: 'eth1', table: '100' },
];

function node(links: readonly RawLink[] = [ETH0, ETH1], routes = ROUTES, session: object | null = SESSION): NodeView {
  return viewOf('n1', [{ netns: null, links, routes }], { values: { 'ssh-session': session ?? undefined } });
}

/** Returns what a connection loses by what changes do. */
function lost(view: NodeView, touches: readonly Touch[]): readonly string[] {
  const line = lifelineOf(view);
  if (!line) throw new Error('no connection is known');
  const moves = new Map(touches.flatMap((touch) => ('moves' in touch ? [[touch.moves, touch.to] as const] : [])));
  return touches.flatMap((touch) => lossOf(touch, line, moves) ?? []);
}

const ADDRESS = { takes: 'address', network: '192.0.2.0/24', device: 'eth0' } as const;

describe('what takes an SSH connection', () => {
  test.each<[what: string, touches: readonly Touch[], lost: readonly string[]]>([
    ['its address', [{ ...ADDRESS, address: '192.0.2.9' }], ['address 192.0.2.9 of eth0']],
    ['its NIC', [{ takes: 'link', device: 'eth0' }], ['link eth0']],
    ['the default route', [{ takes: 'route', destination: 'default' }], ['route default']],
    [
      'a new default route',
      [{ diverts: 'default', devices: ['eth1'] }],
      ['answers to 198.51.100.7, which would leave by eth1'],
    ],
    [
      'a route to the client',
      [{ diverts: '198.51.100.0/24', devices: ['qg-1'] }],
      ['answers to 198.51.100.7, which would leave by qg-1'],
    ],
    [
      'a route by both',
      [{ diverts: 'default', devices: ['eth0', 'eth1'] }],
      ['answers to 198.51.100.7, which would leave by eth0, eth1'],
    ],
    [
      'a network with the client',
      [{ diverts: '198.51.100.0/24', devices: ['qr-1'], last: true }],
      ['answers to 198.51.100.7, which would leave by qr-1'],
    ],
  ])('%s', (_, touches, expected) => {
    expect(lost(node(), touches)).toEqual(expected);
  });

  test.each<[what: string, touches: readonly Touch[]]>([
    ['another address', [{ takes: 'address', address: '203.0.113.9', network: '203.0.113.0/24', device: 'eth1' }]],
    ['another NIC', [{ takes: 'link', device: 'eth1' }]],
    ['another route', [{ takes: 'route', destination: '10.0.0.0/8' }]],
    ['a wider route', [{ diverts: '0.0.0.0/0', devices: ['eth0'] }]],
    ['a route elsewhere', [{ diverts: '10.0.0.0/8', devices: ['qg-1'] }]],
    ['a default route of the other family', [{ diverts: '::/0', devices: ['qg-1'] }]],
    ['a second address in its network', [{ diverts: '192.0.2.0/24', devices: ['eth1'], last: true }]],
    [
      'the NIC moves into a bridge',
      [
        { moves: 'eth0', to: 'brq1' },
        { diverts: 'default', devices: ['brq1'] },
      ],
    ],
    ['IPv6', [{ takes: 'ipv6', device: 'all' }]],
    ['ARP of its own device', [{ takes: 'answers', device: 'eth0' }]],
    ['no router advertisement', [{ takes: 'advertised' }]],
  ])('not %s', (_, touches) => {
    expect(lost(node(), touches)).toEqual([]);
  });

  test('the last address in the network of its gateway', () => {
    const far = link('lo', 1, { addr_info: [addr('192.0.2.200', 32)] });
    const of = (more: readonly RawAddress[]): readonly string[] => {
      const eth0 = link('eth0', 2, { addr_info: [addr('192.0.2.9', 24), ...more] });
      const view = node([far, eth0], ROUTES, { ...SESSION, server: '192.0.2.200' });
      return lost(view, [{ ...ADDRESS, address: '192.0.2.9' }]);
    };
    expect(of([])).toEqual(['network 192.0.2.0/24 of eth0']);
    expect(of([addr('192.0.2.10', 25)])).toEqual(['network 192.0.2.0/24 of eth0']);
    expect(of([addr('192.0.2.10', 24)])).toEqual([]);
  });

  test.each<[what: string, rpFilter: Readonly<Record<string, number>>, isLost: boolean]>([
    ['a new bridge is strict', { all: 0, default: 1, eth0: 0 }, true],
    ['a new bridge is strict, and the NIC is loose', { all: 0, default: 1, eth0: 2 }, true],
    ['the bridge is strict', { all: 0, default: 0, eth0: 0, brq1: 1 }, true],
    ['all are loose', { all: 2, default: 1, eth0: 0 }, false],
    ['the bridge is loose', { all: 1, default: 1, eth0: 2, brq1: 2 }, false],
    ['nothing is strict', { all: 0, default: 0, eth0: 0 }, false],
    ['the NIC is as strict: a rule for the answers saves it', { all: 1, default: 1, eth0: 1 }, false],
  ])('a move to a bridge while answers leave by another NIC: %s', (_, rpFilter, isLost) => {
    const view = node([ETH0, ETH1], [{ dst: 'default', gateway: '203.0.113.1', dev: 'eth1' }], {
      ...SESSION,
      rpFilter: new Map(Object.entries(rpFilter)),
    });
    const what = 'SSH by brq1, whose rp_filter is strict: answers leave by eth1';
    expect(lost(view, [{ moves: 'eth0', to: 'brq1' }])).toEqual(isLost ? [what] : []);
    expect(lost(node(), [{ moves: 'eth0', to: 'brq1' }])).toEqual([]);
  });

  test('ARP for an address on another device', () => {
    const lo = link('lo', 1, { addr_info: [addr('192.0.2.200', 32)] });
    const view = node([lo, ETH0], ROUTES, { ...SESSION, server: '192.0.2.200' });
    expect(lost(view, [{ takes: 'answers', device: 'eth0' }])).toEqual(['ARP on eth0 for 192.0.2.200']);
  });

  test('over IPv6', () => {
    const eth0 = link('eth0', 2, { addr_info: [addr('2001:db8::9', 64)] });
    const routes = [{ dst: 'default', gateway: 'fe80::1', dev: 'eth0', protocol: 'ra' }];
    const view = node([eth0], routes, { ...SESSION, client: '2001:db8:1::7', server: '2001:db8::9' });
    expect(
      lost(view, [{ takes: 'ipv6', device: 'eth0' }, { takes: 'ipv6', device: 'eth1' }, { takes: 'advertised' }]),
    ).toEqual(['IPv6 on eth0', 'the routes of router advertisements']);
    expect(
      lost(view, [
        { moves: 'eth0', to: 'brq1' },
        { takes: 'ipv6', device: 'brq1' },
      ]),
    ).toEqual(['IPv6 on brq1']);
  });

  test('a link-local connection is bound to its device, also where another one has the same address', () => {
    const own = (name: string, index: number): RawLink =>
      link(name, index, { addr_info: [addr('fe80::1', 64, { scope: 'link' })] });
    const routes = ['eth0', 'brq1'].map((dev) => ({ dst: 'fe80::/64', dev, protocol: 'kernel' }));
    const session = { ...SESSION, client: 'fe80::7', server: 'fe80::1', device: 'brq1' };
    const view = node([own('eth0', 2), own('brq1', 3)], routes, session);
    expect(
      lost(view, [
        { takes: 'link', device: 'brq1' },
        { takes: 'link', device: 'eth0' },
      ]),
    ).toEqual(['link brq1']);
    expect(lost(view, [{ moves: 'brq1', to: 'eth0' }])).toEqual(['address fe80::1 of brq1']);
    expect(lost(view, [{ moves: 'eth0', to: 'brq1' }])).toEqual([]);
  });

  test.each([
    ['198.51.100.7 50022 192.0.2.9 22', { client: '198.51.100.7', server: '192.0.2.9' }],
    ['::ffff:198.51.100.7 50022 ::ffff:192.0.2.9 22', { client: '198.51.100.7', server: '192.0.2.9' }],
    ['fe80::7%eth0 50022 fe80::1%eth0 22', { client: 'fe80::7', server: 'fe80::1', device: 'eth0' }],
  ])('SSH_CONNECTION is read: %s', (text, expected) => {
    expect(sshSessionProbe.parse(text)).toEqual({ ...expected, clientPort: 50022, serverPort: 22 });
  });

  test('is read with the rp_filter of all devices', () => {
    const text = '198.51.100.7 50022 192.0.2.9 22\n./all/rp_filter:0\n./eth0.5/rp_filter:2\n';
    expect(sshSessionProbe.parse(text)).toEqual({
      ...SESSION,
      rpFilter: new Map([
        ['all', 0],
        ['eth0.5', 2],
      ]),
    });
  });

  test('the NIC of its VLAN, and of its bridge', () => {
    const bridge = { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:demo,nic=eth0.5' };
    const links = [
      link('eth0', 2),
      link('eth0.5', 3, { link: 'eth0', linkinfo: { info_kind: 'vlan' }, master: 'brq1' }),
      link('brq1', 4, { ...bridge, addr_info: [addr('192.0.2.9', 24)] }),
      link('tap1', 5, { master: 'brq1' }),
    ];
    const view = node(links, [{ dst: 'default', dev: 'brq1' }]);
    const deleted = (device: string): Touch => ({ takes: 'link', device });
    expect(lost(view, ['brq1', 'eth0.5', 'eth0', 'tap1'].map(deleted))).toEqual([
      'link brq1',
      'link eth0.5',
      'link eth0',
    ]);
    expect(lost(view, [{ moves: 'brq1', to: 'eth0.5' }, deleted('brq1')])).toEqual([]);
  });

  test.each([
    ['no connection', null],
    ['one to another namespace', { ...SESSION, server: '10.9.9.9' }],
  ])('nothing is known with %s', (_, session) => {
    expect(lifelineOf(node(undefined, undefined, session))).toBeUndefined();
  });
});

const FILE = `name: demo
physical_networks: { lan: {} }
nodes:
  n1: { nics: { eth0: { physical_network: lan, addresses: [192.0.2.9/24] } } }
networks:
  net1: { physical_network: lan, dhcp: { node: n1 }, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
`;

test('a cut is allowed by the operator, or if it is reverted unless it is confirmed', () => {
  const lockOuts = [{ code: 'NLP81', severity: 'error', summary: 'cut' }] as const;
  expect(lockOutRefusals({ lockOuts }, {})).toEqual(lockOuts);
  expect(lockOutRefusals({ lockOuts }, { lockOut: true })).toEqual([]);
  expect(lockOutRefusals({ lockOuts }, { confirmed: true })).toEqual([]);
  expect(lockOutRefusals({}, {})).toEqual([]);
});

describe('a plan that would cut the connection to its node', () => {
  const graphOf = (text: string): DesiredGraph => compiled(text).graph;
  /** Returns the errors of the plan from one file to another; `undefined` is an empty network. */
  const refused = (
    from: string | undefined,
    to: string | undefined,
    view: NodeView,
    overSsh = true,
  ): readonly string[] => {
    const before = graphOf(from ?? FILE);
    const after = to === undefined ? desiredGraph(before.topology, before.nodes, [], before) : graphOf(to);
    const { changes } = planFrom(from === undefined ? [] : asObserved(before), after, [view]);
    return lockOuts(changes, contextOf(after, [view]), () => overSsh).map(
      ({ code, detail = '', range }) => `${code} line ${String(range?.start.line)}: ${detail}`,
    );
  };

  test('names the address that the file gives up, and destroy deletes', () => {
    const moved = FILE.replace('192.0.2.9/24', '192.0.2.10/24');
    const message = 'NLP81 line undefined: delete address 192.0.2.9/24%eth0 takes address 192.0.2.9 of brq';
    expect(refused(FILE, moved, node())[0]).toContain(message);
    expect(refused(FILE, undefined, node())[0]).toContain(message);
    expect(refused(FILE, moved, node(undefined, undefined, { ...SESSION, server: '203.0.113.9' }))).toEqual([]);
  });

  test('names an address of the client itself, which the node would no longer reach', () => {
    const taken = FILE.replace('192.0.2.9/24', '192.0.2.9/24, 192.0.2.7/24');
    const near = { ...SESSION, client: '192.0.2.7' };
    expect(refused(FILE, taken, node(undefined, undefined, near))[0]).toMatch(
      /^NLP81 line 4: create address 192\.0\.2\.7\/24%eth0 takes answers to 192\.0\.2\.7/,
    );
    expect(refused(FILE, taken, node())).toEqual([]);
  });

  test('does not name a new network, for which the NIC moves into a bridge', () => {
    expect(refused(undefined, FILE, node())).toEqual([]);
  });

  test('names what an unknown connection may depend on, if there is one', () => {
    const unknown = node(undefined, undefined, null);
    expect(refused(FILE, undefined, unknown)[0]).toMatch(/^NLP82 line undefined: delete address 192\.0\.2\.9\/24%eth0/);
    expect(refused(FILE, undefined, unknown, false)).toEqual([]);
    expect(refused(FILE, FILE, unknown)).toEqual([]);
    expect(refused(undefined, FILE, unknown)[0]).toMatch(/^NLP82 line \d+: create address 192\.0\.2\.9\/24%eth0/);
  });

  test('does not believe a connection that has ended, which a shell has outlived', () => {
    const ended = node(undefined, undefined, { ...SESSION, ended: true });
    expect(refused(FILE, undefined, ended, false)[0]).toMatch(/^NLP82/);
  });

  test('does not believe that there is none where the node tells of one that it does not know', () => {
    const other = node(undefined, undefined, { ...SESSION, server: '198.51.100.99' });
    expect(refused(FILE, undefined, other, false)[0]).toMatch(/^NLP82/);
  });
});
