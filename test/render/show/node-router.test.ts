import { kindName } from '../../../src/model/resource.ts';
import { expect, test } from 'vitest';
import { compileTopology } from '../../../src/compile/compile.ts';
import type { Change } from '../../../src/model/change.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Observed } from '../../../src/model/resource.ts';
import { paint } from '../../../src/render/colour.ts';
import { leftovers } from '../../../src/diff/leftovers.ts';
import { servicesOf } from '../../../src/render/show/services.ts';
import { stateOf } from '../../../src/render/show/state.ts';
import { renderShow } from '../../../src/render/show/text.ts';
import { loadTopology } from '../../../src/topology/load.ts';
import { asObserved } from '../../support/ordered.ts';
import { change, plan } from '../plan/make.ts';

const TEXT = `name: demo
physical_networks: { lan: {} }
nodes:
  n1: { mechanism: openvswitch, use_namespaces: false, nics: { eth1: { physical_network: lan } } }
networks:
  net1:
    id: 11111111-0000-4000-8000-000000000000
    physical_network: lan
    subnets: { sub1: { cidr: 10.0.0.0/24, enable_dhcp: false } }
routers:
  r1:
    id: 33333333-0000-4000-8000-000000000000
    node: n1
    interfaces: { sub1: { port_id: a1111111-0000-4000-8000-000000000000 } }
`;

const { resolved, graph } = compileTopology(loadTopology(TEXT, 't.yaml').topology!);
const PORT = 'qr-a1111111-00';
const STATE = '/run/netloom/demo/metadata/r1/state';

function ours(kind: string, name: string, spec: unknown): Observed {
  return { node: 'n1', netns: null, kind: kindName(kind), name, spec, owner: 'ours' };
}

function health(changes: readonly Change[], diagnostics: readonly Diagnostic[] = []): Record<string, string> {
  const services = servicesOf(resolved!, plan(changes), diagnostics);
  return Object.fromEntries(
    services
      .filter(({ type }) => type !== 'bridge')
      .map(({ type, health: state, detail }) => [type, `${state} ${detail}`.trim()]),
  );
}

test('our objects in the node’s own namespace are shown', () => {
  const state = stateOf(
    ['n1'],
    [
      ours('ovs-internal', PORT, { mac: 'fa:16:3e:00:00:01', bridge: 'br-int' }),
      ours('address', `10.0.0.1/24%${PORT}`, { device: PORT, cidr: '10.0.0.1/24' }),
      ours('chain', '4/nat/snat', { builtin: false, rules: ['-j SNAT --to-source 11.0.0.1'] }),
      ours('process', STATE, { argv: [] }),
      { ...ours('chain', '4/nat/PREROUTING#foreign', { builtin: true, rules: ['-j DOCKER'] }), owner: 'foreign' },
    ],
  );
  expect(renderShow(servicesOf(resolved!, plan([]), []), [], state, paint(false))).toMatchInlineSnapshot(`
    "✔  n1                             as in the file
    ✔    router r1    qr-a1111111-00  as in the file
    ✔    bridge net1  br-int          as in the file
    ✔    bridge net1  br-eth1         as in the file

    ── n1 ──
    the node’s own namespace
      qr-a1111111-00  fa:16:3e:00:00:01  10.0.0.1/24
      process (ended) in /run/netloom/demo/metadata/r1/state
      nat -A snat -j SNAT --to-source 11.0.0.1
    "
  `);
});

test('ports, rules and proxy count for the router, an error about the node for the node', () => {
  expect(
    health([
      change({ kind: 'chain', name: '4/nat/netloom-demo', action: 'create' }),
      change({ kind: 'process', name: STATE, action: 'create', path: 'routers.r1', spec: { argv: [] } }),
      change({ kind: 'sysctl', name: 'net/ipv4/ip_forward', action: 'update', path: 'routers.r1' }),
    ]),
  ).toEqual({
    node: 'ok',
    router: `degraded chain 4/nat/netloom-demo missing, process ${STATE} missing, sysctl net/ipv4/ip_forward differs`,
  });
  expect(health([change({ kind: 'ovs-internal', name: PORT, action: 'create' })])).toEqual({
    node: 'ok',
    router: 'missing',
  });
  const said: Diagnostic = { code: 'NLP14', severity: 'error', summary: 'a route', place: { node: 'n1' } };
  expect(health([], [said])).toEqual({ node: 'foreign a route', router: 'ok' });
});

test('destroy reports settings that remain on the node and its NICs, and none of deleted ports', () => {
  expect(leftovers(graph!, asObserved(graph!)).map(({ address }) => address)).toEqual([
    'n1/-/nic/eth1',
    'n1/-/sysctl/net/ipv4/ip_forward',
    'n1/-/sysctl/net/ipv4/conf/eth1/arp_ignore',
  ]);
});
