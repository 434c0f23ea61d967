import { describe, expect, test } from 'vitest';
import { compileTopology } from '../../../src/compile/compile.ts';
import { OBSERVED } from './observed.ts';
import type { Change } from '../../../src/model/change.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import { paint } from '../../../src/render/colour.ts';
import { floatingIpsOf } from '../../../src/render/show/floating-ips.ts';
import { showDocument } from '../../../src/render/show/json.ts';
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
  n1: { nics: { eth1: { physical_network: lan, mtu: 1500 } } }
networks:
  net1:
    id: 11111111-0000-4000-8000-000000000000
    physical_network: lan
    subnets: { sub1: { cidr: 10.0.0.0/24 } }
routers:
  r1:
    id: 33333333-0000-4000-8000-000000000000
    node: n1
    interfaces: { sub1: { port_id: a1111111-0000-4000-8000-000000000000 } }
instances:
  vm1: { node: n1, ports: { eth0: { id: b1111111-0000-4000-8000-000000000000, network: net1 } } }
`;

const { topology } = loadTopology(TEXT, 't.yaml');
const { resolved, graph } = compileTopology(topology!);
const ROUTER = 'qrouter-33333333-0000-4000-8000-000000000000';
const DHCP = 'qdhcp-11111111-0000-4000-8000-000000000000';

function health(changes: readonly Change[], diagnostics: readonly Diagnostic[] = []): Readonly<Record<string, string>> {
  const services = servicesOf(resolved!, plan(changes), diagnostics);
  return Object.fromEntries(
    services.map(({ type, name, health: state, detail }) => [
      `${type} ${name}`,
      detail === '' ? state : `${state}: ${detail}`,
    ]),
  );
}

describe('health', () => {
  test('without changes everything is ok', () => {
    expect(health([])).toEqual({
      'node n1': 'ok',
      'router r1': 'ok',
      'dhcp net1': 'ok',
      'bridge net1': 'ok',
      'instance vm1 eth0': 'ok',
    });
  });

  test('each difference counts for its service', () => {
    const found = health([
      change({ kind: 'netns', name: ROUTER, action: 'create' }),
      change({ netns: ROUTER, kind: 'address', name: '10.0.0.1/24%qr-1', action: 'create' }),
      change({ netns: DHCP, kind: 'process', name: '/run/state', action: 'update', spec: { argv: [] } }),
      change({ kind: 'file', name: '/run/host', action: 'create', path: 'networks.net1' }),
      change({ kind: 'nic', name: 'eth1', action: 'update' }),
      change({
        kind: 'address',
        name: '1.1.1.1/24%brq11111111-00',
        action: 'delete',
        spec: { device: 'brq11111111-00' },
      }),
      change({ kind: 'sysctl', name: 'net/ipv4/ip_forward', action: 'update' }),
    ]);
    expect(found).toEqual({
      'node n1': 'degraded: sysctl net/ipv4/ip_forward differs',
      'router r1': 'missing',
      'dhcp net1': 'degraded: process /run/state differs, file /run/host missing',
      'bridge net1': 'degraded: nic eth1 differs, address 1.1.1.1/24%brq11111111-00 not in the file',
      'instance vm1 eth0': 'ok',
    });
  });

  test('many differences are summed up', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      change({ netns: ROUTER, kind: 'chain', name, action: 'update' }),
    );
    expect(health(many)['router r1']).toBe('degraded: chain a differs, chain b differs, chain c differs, 2 more');
  });

  test('a foreign object at an address of ours is foreign', () => {
    const said: Diagnostic = {
      code: 'NLP03',
      severity: 'error',
      summary: 'not ours',
      place: { node: 'n1', netns: ROUTER },
    };
    expect(health([], [said])).toMatchObject({ 'router r1': 'foreign: not ours', 'node n1': 'ok' });
    expect(health([], [{ ...said, place: { node: 'n1' } }])).toMatchObject({
      'router r1': 'ok',
      'node n1': 'foreign: not ours',
    });
  });
});

test('services, then our observed objects', () => {
  const text = renderShow(servicesOf(resolved!, plan([]), []), [], stateOf(['n1'], OBSERVED), paint(false));
  expect(text).toMatchInlineSnapshot(`
    "✔  n1                                                                 as in the file
    ✔    router r1          qrouter-33333333-0000-4000-8000-000000000000  as in the file
    ✔    dhcp net1          qdhcp-11111111-0000-4000-8000-000000000000    as in the file
    ✔    bridge net1        brq11111111-00                                as in the file
    ✔    instance vm1 eth0  tapb1111111-00                                as in the file

    ── n1 ──
    bridge brq1  192.0.2.7/24  2 ports: eth1 tap1
    namespace qrouter-1
      qr-1  fa:16:3e:00:00:01  10.0.0.1/24
      default via 10.0.0.254 dev qr-1
      process dnsmasq in /run/netloom/demo/x/state
      nat -A snat -o qg-1 -j SNAT --to-source 11.0.0.1
    "
  `);
});

test('destroy reports what remains on the NIC, and nothing that is deleted with our devices', () => {
  expect(leftovers(graph!, asObserved(graph!))).toEqual([{ address: 'n1/-/nic/eth1', what: 'stays up, MTU 1500' }]);
});

describe('floating IPs', () => {
  const text = TEXT.replace(
    'lan: {} }\nnodes:\n  n1: { nics: { ',
    'lan: {}, wan: {} }\nnodes:\n  n1: { nics: { eth2: { physical_network: wan }, ',
  )
    .replace(
      'routers:\n',
      '  ext: { physical_network: wan, external: true, subnets: { sub2: { cidr: 11.0.0.0/24, enable_dhcp: false } ' +
        '} }\nrouters:\n',
    )
    .replace(
      'node: n1\n    interfaces',
      'node: n1\n    external_gateway: { network: ext, port_id: c1111111-0000-4000-8000-000000000000, ' +
        'fixed_ip_address: 11.0.0.2 }\n    interfaces',
    )
    .replace('network: net1 } } }', 'network: net1, fixed_ip_address: 10.0.0.7 } } }').concat(`floating_ips:
  whole: { floating_network: ext, floating_ip_address: 11.0.0.11, instance: vm1 }
  ports:
    floating_network: ext
    floating_ip_address: 11.0.0.12
    port_forwardings:
      - { id: dddddddd-0000-4000-8000-000000000000, protocol: tcp, external_port: 2222, internal_port: 22, instance: vm1 }
      - { id: eeeeeeee-0000-4000-8000-000000000000, protocol: udp, external_port_range: '50:53', internal_port_range: '60:63', internal_ip_address: 10.0.0.9 }
`);
  const given = compileTopology(loadTopology(text, 't.yaml').topology!).resolved!;
  const seen = (changes: readonly Change[], said: readonly Diagnostic[] = []): Record<string, string> =>
    Object.fromEntries(
      floatingIpsOf(given, plan(changes), said).flatMap(({ name, health: own, port_forwardings: forwardings }) => [
        [name, own],
        ...forwardings.map((one): [string, string] => [`${name} ${one.external_ports}`, one.health]),
      ]),
    );
  const inRouter = (wish: Parameters<typeof change>[0]): Change => change({ netns: ROUTER, ...wish });

  test('each has a line, with its port forwardings below', () => {
    const lines = renderShow([], floatingIpsOf(given, plan([]), []), [], paint(false)).trimStart();
    expect(lines).toMatchInlineSnapshot(`
      "✔  floating IP whole  11.0.0.11  → vm1 10.0.0.7     router r1  as in the file
      ✔  floating IP ports  11.0.0.12                     router r1  as in the file
      ✔    tcp 2222                    → vm1 10.0.0.7:22             as in the file
      ✔    udp 50:53                   → 10.0.0.9:60-63              as in the file
      "
    `);
  });

  test('floating IPs as JSON', () => {
    const floatingIps = floatingIpsOf(given, plan([]), []);
    const shown = showDocument({
      topology: 'demo',
      services: [],
      floatingIps,
      state: [],
      leftOut: [],
      observed: [],
      diagnostics: [],
    });
    expect(JSON.parse(JSON.stringify(shown))).toMatchObject({
      floating_ips: [
        {
          name: 'whole',
          address: '11.0.0.11',
          router: 'r1',
          fixed_address: '10.0.0.7',
          instance: 'vm1',
          port_forwardings: [],
        },
        {
          name: 'ports',
          fixed_address: null,
          instance: null,
          port_forwardings: [
            {
              protocol: 'tcp',
              external_ports: '2222',
              internal_ports: '22',
              fixed_address: '10.0.0.7',
              instance: 'vm1',
            },
            {
              protocol: 'udp',
              external_ports: '50:53',
              internal_ports: '60:63',
              fixed_address: '10.0.0.9',
              instance: null,
            },
          ],
        },
      ],
    });
  });

  test('their health is that of their address, their chain and the rules that contain them', () => {
    const fine = { whole: 'ok', ports: 'ok', 'ports 2222': 'ok', 'ports 50:53': 'ok' };
    expect(seen([])).toEqual(fine);
    expect(seen([change({ kind: 'bridge', name: 'x', action: 'create' })])).toEqual(fine);
    const address = inRouter({ kind: 'address', name: '11.0.0.11/32%qg-c1111111-00', action: 'create' });
    expect(seen([address])).toEqual({ ...fine, whole: 'missing' });
    const chain = inRouter({ kind: 'chain', name: '4/nat/neutron-l3-agent-pf-dddddddd', action: 'create' });
    expect(seen([chain])).toEqual({ ...fine, 'ports 2222': 'missing' });
    const dnat = { rules: ['-d 11.0.0.11/32 -j DNAT --to-destination 10.0.0.7', '-j neutron-l3-agent-pf-eeeeeeee'] };
    const rules = inRouter({ kind: 'chain', name: '4/nat/neutron-l3-agent-PREROUTING', action: 'create', spec: dnat });
    expect(seen([rules])).toEqual({ ...fine, whole: 'degraded', 'ports 50:53': 'degraded' });
    const same = inRouter({ kind: 'chain', name: '4/nat/neutron-l3-agent-PREROUTING', action: 'update', spec: dnat });
    expect(seen([same])).toEqual(fine);
    const said: Diagnostic = {
      code: 'NLP03',
      severity: 'error',
      summary: 'not ours',
      place: { node: 'n1', netns: ROUTER },
    };
    expect(Object.values(seen([], [said]))).toEqual(['foreign', 'foreign', 'foreign', 'foreign']);
  });
});
