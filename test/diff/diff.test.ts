import { kindWord } from '../../src/model/resource.ts';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.ts';
import { address, nicAddress } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { nic } from '../../src/kinds/nic/spec.ts';
import { route } from '../../src/kinds/route/spec.ts';
import { sysctl } from '../../src/kinds/sysctl/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import type { NodeView } from '../../src/model/probe.ts';
import type { Observed, Resource } from '../../src/model/resource.ts';
import { graphOf, inShort, ORIGIN } from '../support/engine.ts';
import { asObserved } from '../support/ordered.ts';
import { contextOf, link, viewOf, type NamespaceInput } from '../support/view.ts';

function difference(
  wanted: readonly Resource[],
  observed: readonly Observed[],
  seen: readonly NamespaceInput[] = [],
): { changes: string[]; said: string[] } {
  const graph = graphOf(wanted);
  const { changes, diagnostics } = diff(graph, observed, contextOf(graph, [viewOf('node1', seen)]));
  return { changes: inShort(changes), said: diagnostics.map(({ severity, code }) => `${severity} ${code}`) };
}

/** The same object, observed as foreign or otherwise different. */
function as(resource: Resource, more: Partial<Observed>): Observed {
  const [seen] = asObserved(graphOf([resource]));
  return { ...seen!, ...more };
}

const brq = bridge('node1', 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN);
const router = netns('node1', 'qrouter-1', ORIGIN);
const at = { node: 'node1', netns: 'qrouter-1', device: 'qr-1' };
const port = veth(at, { mac: 'fa:16:3e:00:00:01', mtu: 1500, tap: 'tap1', bridge: 'brq0' }, ORIGIN);
const lan = address(at, '10.0.0.1/24', ORIGIN);
const way = route(at, 'default', [{ gateway: '10.0.0.254', device: 'qr-1' }], ORIGIN);
const all = [brq, router, port, lan, way];

describe('the owner of an object decides', () => {
  test('an undesired object of ours is deleted; a foreign one is left alone', () => {
    expect(
      difference([], [as(brq, {}), as(router, { owner: 'foreign' }), as(port, { owner: { topology: 'other' } })]),
    ).toEqual({ changes: ['delete node1/-/bridge/brq0'], said: [] });
  });

  test.each([
    ['a foreign object', 'foreign'],
    ['an object of another topology', { topology: 'other' }],
  ] as const)('%s at the address of a desired object is an error, even without other changes', (_, owner) => {
    const { changes, said } = difference([router], [as(router, { owner })]);
    expect(changes).toEqual([]);
    expect(said).toEqual(['error NLP10']);
  });

  test('an unmarked object that can only be ours is adopted', () => {
    const unmarked = as(brq, { owner: 'foreign', adoptable: true, spec: { ...brq.spec, marked: false } });
    expect(difference([brq], [unmarked])).toEqual({ changes: ['update node1/-/bridge/brq0 (marked)'], said: [] });
    expect(difference([], [unmarked])).toEqual({ changes: [], said: [] });
    expect(difference([brq], [as(brq, { owner: { topology: 'other' }, adoptable: true })]).said).toEqual([
      'error NLP10',
    ]);
  });

  test('an address that the node’s own system set on its NIC suffices, whatever its attributes', () => {
    const wanted = nicAddress('node1', 'eth0', null, '192.168.1.5/24', ORIGIN);
    const theirs = as(wanted, { owner: 'foreign', spec: { ...wanted.spec, label: 'eth0', broadcast: '0.0.0.0' } });
    expect(difference([wanted], [theirs])).toEqual({ changes: [], said: [] });
    expect(difference([], [theirs])).toEqual({ changes: [], said: [] });
  });

  test('a NIC and a sysctl are updated although they are foreign, and never deleted', () => {
    const wanted = nic('node1', 'eth0', { bridge: 'brq0', allowDynamic: false }, ORIGIN);
    const free = as(wanted, { owner: 'foreign', spec: { ...wanted.spec, bridge: null } });
    const seen: NamespaceInput[] = [{ netns: null, links: [link('eth0', 2)] }];
    expect(difference([brq, wanted], [as(brq, {}), free], seen).changes).toEqual(['update node1/-/nic/eth0 (bridge)']);
    expect(difference([brq], [as(brq, {}), free], seen).changes).toEqual([]);
    const forward = sysctl({ node: 'node1', netns: null }, 'net/ipv4/ip_forward', '1', ORIGIN);
    expect(difference([forward], [as(forward, { spec: { value: '0' } })]).changes).toEqual([
      'update node1/-/sysctl/net/ipv4/ip_forward (value)',
    ]);
    expect(difference([], [as(forward, {})]).changes).toEqual([]);
  });

  test('a route replaced by hand with the same next hop is adopted; one with another next hop is foreign', () => {
    const theirs = { owner: 'foreign', spec: { ...way.spec, protocol: 'boot' } } as const;
    const rest = [brq, router, port, lan].map((r) => as(r, {}));
    expect(difference(all, [...rest, as(way, theirs)]).changes).toEqual([
      'update node1/qrouter-1/route/default (protocol)',
    ]);
    const elsewhere = as(way, {
      owner: 'foreign',
      spec: { ...way.spec, protocol: 'dhcp', nexthops: [{ gateway: '10.0.0.9', device: 'qr-1' }] },
    });
    expect(difference(all, [...rest, elsewhere]).said).toEqual(['error NLP10']);
  });
});

describe('objects that are deleted with another one', () => {
  test('a recreated device: its addresses and routes are recreated', () => {
    const seen = all.map((r) => as(r, {}));
    const moved = { ...port, spec: { ...port.spec, tap: { ...port.spec.tap, name: 'tap2' } } };
    expect(difference([brq, router, moved, lan, way], seen).changes).toEqual([
      'create node1/qrouter-1/address/10.0.0.1/24%qr-1',
      'create node1/qrouter-1/route/default',
      'replace node1/qrouter-1/veth/qr-1 (tap.name)',
    ]);
  });

  test('a deleted namespace: everything in it is deleted with it, without a command of its own', () => {
    const graph = graphOf([brq]);
    const { changes } = diff(
      graph,
      all.map((r) => as(r, {})),
      contextOf(graph),
    );
    expect(Object.fromEntries(changes.map(({ address: where, impliedBy }) => [where, impliedBy]))).toEqual({
      'node1/-/netns/qrouter-1': undefined,
      'node1/qrouter-1/veth/qr-1': 'node1/-/netns/qrouter-1',
      'node1/qrouter-1/address/10.0.0.1/24%qr-1': 'node1/-/netns/qrouter-1',
      'node1/qrouter-1/route/default': 'node1/-/netns/qrouter-1',
    });
  });

  test('an incomplete object is recreated, with the reason', () => {
    const graph = graphOf(all);
    const { changes } = diff(
      graph,
      all.map((r) => as(r, r === port ? { incomplete: 'its tap is not on the node' } : {})),
      contextOf(graph),
    );
    expect(changes.find(({ kind }) => kindWord(kind) === 'veth')).toMatchObject({
      action: 'replace',
      reason: 'its tap is not on the node',
    });
    expect(changes).toHaveLength(3);
  });
});

describe('errors about the state of the node', () => {
  const wanted = nic('node1', 'eth9', { bridge: 'brq0', allowDynamic: false }, ORIGIN);
  const seen: NamespaceInput[] = [{ netns: null, links: [link('lo', 1), link('eth0', 2), link('eth1', 3)] }];

  test('a missing NIC: an error that names the existing ones', () => {
    const graph = graphOf([brq, wanted]);
    const { diagnostics } = diff(graph, [], contextOf(graph, [viewOf('node1', seen)]));
    expect(diagnostics).toMatchObject([{ code: 'NLP01', severity: 'error' }]);
    expect(diagnostics[0]?.hint).toContain('eth0, eth1');
  });

  test('without changes it is only a warning', () => {
    const save4 = '*filter\n:FORWARD DROP [0:0]\nCOMMIT\n';
    const filtered = (on: boolean): NodeView =>
      viewOf('node1', [{ netns: null, save4 }], { values: { 'bridge-nf': { iptables: on } } });
    const said = (observed: readonly Observed[], view: NodeView): string[] => {
      const graph = graphOf([brq]);
      return diff(graph, observed, contextOf(graph, [view])).diagnostics.map(
        ({ severity, code }) => `${severity} ${code}`,
      );
    };
    expect(said([as(brq, {})], filtered(true))).toEqual(['warning NLP04']);
    expect(said([], filtered(true))).toEqual(['error NLP04']);
    expect(said([], filtered(false))).toEqual([]);
  });
});
