import { describe, expect, test } from 'vitest';
import type { TapSpec } from '../../src/kinds/tap/spec.ts';
import type { VethSpec } from '../../src/kinds/veth/spec.ts';
import type { MechanismName } from '../../src/topology/defaults.ts';
import { labTargets, targetName } from '../../src/lab/targets.ts';
import { serviceProbes } from '../../src/verify/services/probes.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { addressText, fileText, inNamespace, ofKind, routeText } from '../support/namespace-text.ts';
import { saveText } from '../support/iptables-text.ts';

/** Fields to add: of the network `lan`, of `main`, of its interface on `lan`, of the guest's ports. */
interface More {
  readonly network?: string;
  readonly router?: string;
  readonly interface?: string;
  readonly port?: string;
  readonly mechanism?: MechanismName;
}

const DOWN = 'admin_state_up: false';

function topology(more: More): string {
  return `
name: t
physical_networks: { wire: {}, up: {} }
nodes:
  n1:
    mechanism: ${more.mechanism ?? 'linuxbridge'}
    nics: { eth1: { physical_network: wire }, eth2: { physical_network: up } }
networks:
  lan:
    ${more.network ?? DOWN.replace('false', 'true')}
    physical_network: wire
    subnets: { lan: { cidr: 10.0.0.0/24 }, lan2: { cidr: 10.2.0.0/24, enable_dhcp: false } }
  ext: { physical_network: up, external: true, subnets: { ext: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  main:
    ${more.router ?? 'x-none: 0'}
    node: n1
    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }
    interfaces: { lan: { ${more.interface ?? ''} }, lan2: {} }
    routes:
      - { destination: 10.9.0.0/16, nexthop: 10.0.0.9 }
      - { destination: 10.9.0.0/16, nexthop: 10.2.0.9 }
      - { destination: 10.8.0.0/16, nexthop: 10.0.0.9 }
instances:
  vm: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.11, ${more.port ?? ''} } }, metadata: {} }
  tap: { node: n1, attach: tap, ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.12, ${more.port ?? ''} } } }
  open:
    node: n1
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.0.13, port_security_enabled: false, ${more.port ?? ''} } }
floating_ips:
  fip: { floating_network: ext, floating_ip_address: 192.0.2.20, instance: vm }
  fwd:
    floating_network: ext
    floating_ip_address: 192.0.2.21
    port_forwardings: [{ protocol: tcp, external_port: 80, internal_port: 80, instance: vm }]
`;
}

const compile = (more: More): ReturnType<typeof compiled> => compiled(topology(more));
const UP = compile({});

/** The addresses of the objects that a topology lacks; it has no other ones than `UP`. */
function missing(more: More): readonly string[] {
  const { resources } = compile(more).graph;
  expect([...resources.keys()].filter((one) => !UP.graph.resources.has(one))).toEqual([]);
  return [...UP.graph.resources.keys()].filter((one) => !resources.has(one));
}

describe('admin_state_up: false', () => {
  test('of a router: its namespace and all in it are missing, and nothing else', () => {
    const { graph, resolved } = compile({ router: DOWN });
    expect(missing({ router: DOWN }).filter((one) => !/\/qrouter-|\/tap[0-9a-f]{8}-|\/metadata\//.test(one))).toEqual(
      [],
    );
    expect(inNamespace(graph, 'qrouter-')).toEqual([]);
    expect([...graph.resources.keys()].filter((one) => one.includes('qrouter-'))).toEqual([]);
    expect([resolved.floatingIps, resolved.forwardedIps]).toEqual([[], []]);
    expect(resolved.bridges).toEqual(UP.resolved.bridges);
  });

  test('of a router: its subnets count as served, so the DHCP server’s files and addresses do not change', () => {
    const [before, after] = [UP.graph, compile({ router: DOWN }).graph];
    for (const name of ['host', 'opts', 'addn_hosts']) expect(fileText(after, name)).toBe(fileText(before, name));
    const dhcp = (graph: typeof before): string => addressText(inNamespace(graph, 'qdhcp-'));
    expect(dhcp(after)).toBe(dhcp(before));
  });

  test('of an interface: the port, its rules and the routes through it are missing', () => {
    const { graph, resolved } = compile({ interface: DOWN });
    const router = inNamespace(graph, 'qrouter-');
    expect(addressText(router)).not.toContain('10.0.0.1/24');
    expect(addressText(router)).toContain('10.2.0.1/24');
    expect(routeText(router)).not.toContain('10.8.0.0/16');
    expect(routeText(router)).toMatch(/^10\.9\.0\.0\/16 via 10\.2\.0\.9 dev \S+$/m);
    const [lan] = UP.resolved.routers.get('main')?.interfaces ?? [];
    expect(saveText(router, 4)).not.toContain(lan?.device);
    // As in Neutron, the router keeps its floating IPs, and the subnet still has its gateway.
    expect(resolved.floatingIps).toHaveLength(1);
    expect(fileText(graph, 'opts')).toBe(fileText(UP.graph, 'opts'));
  });

  test('of a network: its DHCP server is missing, and nothing else', () => {
    const gone = missing({ network: DOWN });
    expect(gone.length).toBeGreaterThan(10);
    expect(gone.filter((one) => !/\/qdhcp-|\/(?:dhcp|metadata)\/|\/tap[0-9a-f]{8}-/.test(one))).toEqual([]);
  });

  test('what is down is asked nothing by verify, and is no target of `lab exec`', () => {
    const asked = (more: More): string =>
      serviceProbes(compile(more).resolved)
        .map(({ service: { type, name } }) => `${type} ${name}`)
        .join('\n');
    const targets = (more: More): readonly string[] => labTargets(validTopology(topology(more))).map(targetName);
    expect(asked({})).toMatch(/router main[^]*dhcp lan[^]*instance vm eth0[^]*floating-ip fip/);
    expect(targets({})).toEqual(expect.arrayContaining(['router/main', 'dhcp/lan']));
    expect(asked({ port: DOWN })).not.toContain('instance');
    expect(asked({ network: DOWN }) + targets({ network: DOWN }).join('\n')).not.toMatch(/dhcp/);
    expect(asked({ router: DOWN }) + targets({ router: DOWN }).join('\n')).not.toMatch(/router|floating-ip/);
  });

  test('no address or MAC depends on it', () => {
    const held = (more: More): readonly string[] | null =>
      fileText(compile(more).graph, 'held')?.match(/^(?:port|scope|vlan) .*$/gm) ?? null;
    expect(held({})).not.toBeNull();
    for (const more of [{ network: DOWN }, { router: DOWN }, { interface: DOWN }, { port: DOWN }])
      expect(held(more)).toEqual(held({}));
    const derived = (more: More): unknown => {
      const { resolved } = compile(more);
      const ports = [...resolved.instances.values()].flatMap((instance) => instance.ports);
      return [...ports, ...(resolved.routers.get('main')?.interfaces.slice(-1) ?? [])].map(({ mac, fixedIps }) => [
        mac,
        fixedIps.map(({ address }) => address),
      ]);
    };
    expect(derived({ network: DOWN, interface: DOWN, port: DOWN })).toEqual(derived({}));
  });

  test.each(['linuxbridge', 'openvswitch'] as const)('of a port, over %s: its tap is down', (mechanism) => {
    const taps = (more: More): readonly boolean[] => {
      const all = [...compile({ ...more, mechanism }).graph.resources.values()].filter(({ origin }) =>
        origin.path.startsWith('instances.'),
      );
      const pairs = ofKind(all, 'veth').map(({ spec }) => (spec as VethSpec).tap.up);
      return [...pairs, ...ofKind(all, 'tap').map(({ spec }) => (spec as TapSpec).up)];
    };
    expect([taps({}), taps({ port: DOWN })]).toEqual([
      [true, true, true],
      [false, false, false],
    ]);
  });

  test('of a port, over Open vSwitch: its port in the switch is in the dead VLAN', () => {
    const ports = (more: More) =>
      ofKind([...compile({ ...more, mechanism: 'openvswitch' }).graph.resources.values()], 'ovs-plug');
    expect(ports({ port: DOWN }).map(({ spec }) => spec)).toEqual(
      ports({}).map(({ spec }) => ({ ...(spec as object), tag: 4095, trunks: [4095] })),
    );
    expect(ports({ port: DOWN })).toHaveLength(3);
  });
});
