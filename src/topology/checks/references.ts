import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Code } from '../codes.ts';
import { show } from '../show.ts';
import { suggestion } from '../suggest.ts';
import type { At, CheckContext, Section } from './context.ts';
import { nics } from './facts.ts';

interface Kind {
  readonly section: Section;
  readonly code: Code;
  readonly noun: string;
}

const KINDS = {
  physicalNetwork: { section: 'physical_networks', code: 'NL201', noun: 'physical network' },
  network: { section: 'networks', code: 'NL202', noun: 'network' },
  node: { section: 'nodes', code: 'NL204', noun: 'node' },
  instance: { section: 'instances', code: 'NL205', noun: 'instance' },
} as const satisfies Record<string, Kind>;

interface Reference {
  readonly kind: Kind;
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** Names that stand for nothing in the file. */
export function checkReferences(t: CheckContext): Diagnostic[] {
  const unknown = [...references(t)].filter(({ kind, name }) => !t.known(kind.section, name));
  return [
    ...unknown.map(({ kind, name, path }) =>
      t.report(kind.code, { path }, `unknown ${kind.noun} ${show(name)}`, hinted(name, t.names(kind.section))),
    ),
    ...checkInterfaces(t),
    ...checkTargets(t),
  ];
}

function* references(t: CheckContext): Generator<Reference> {
  const { doc } = t;
  for (const { nic, path } of nics(doc)) {
    yield { kind: KINDS.physicalNetwork, name: nic.physical_network, path: [...path, 'physical_network'] };
  }
  for (const [name, network] of Object.entries(doc.networks ?? {})) {
    const path = ['networks', name];
    yield { kind: KINDS.physicalNetwork, name: network.physical_network, path: [...path, 'physical_network'] };
    if (network.dhcp?.node !== undefined) {
      yield { kind: KINDS.node, name: network.dhcp.node, path: [...path, 'dhcp', 'node'] };
    }
  }
  for (const [name, router] of Object.entries(doc.routers ?? {})) {
    yield { kind: KINDS.node, name: router.node, path: ['routers', name, 'node'] };
    if (router.external_gateway !== undefined) {
      const path = ['routers', name, 'external_gateway', 'network'];
      yield { kind: KINDS.network, name: router.external_gateway.network, path };
    }
  }
  for (const [name, instance] of Object.entries(doc.instances ?? {})) {
    yield { kind: KINDS.node, name: instance.node, path: ['instances', name, 'node'] };
    for (const [device, port] of Object.entries(instance.ports ?? {})) {
      const path = ['instances', name, 'ports', device, 'network'];
      yield { kind: KINDS.network, name: port.network, path };
    }
  }
  for (const [name, floatingIp] of Object.entries(doc.floating_ips ?? {})) {
    const path = ['floating_ips', name];
    yield { kind: KINDS.network, name: floatingIp.floating_network, path: [...path, 'floating_network'] };
    if (floatingIp.instance !== undefined) {
      yield { kind: KINDS.instance, name: floatingIp.instance, path: [...path, 'instance'] };
    }
    if (floatingIp.network !== undefined) {
      yield { kind: KINDS.network, name: floatingIp.network, path: [...path, 'network'] };
    }
  }
}

/** The interfaces of a router are keyed by subnet. */
function checkInterfaces(t: CheckContext): Diagnostic[] {
  if (!t.whole('networks') && t.names('networks').length === 0) return [];
  return Object.entries(t.doc.routers ?? {}).flatMap(([router, { interfaces }]) =>
    Object.keys(interfaces ?? {})
      .filter((subnet) => !t.subnetNames.has(subnet))
      .map((subnet) => {
        const at: At = { path: ['routers', router, 'interfaces', subnet], part: 'key' };
        const more = t.known('networks', subnet)
          ? { hint: 'this is a network; a router has its interfaces on subnets' }
          : hinted(subnet, [...t.subnetNames]);
        return t.report('NL203', at, `unknown subnet ${show(subnet)}`, more);
      }),
  );
}

/** The port a floating IP names must be one of its instance's. */
function checkTargets(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.floating_ips ?? {}).flatMap(([name, { instance: instanceName, port }]) => {
    if (instanceName === undefined) return [];
    const instance = t.doc.instances?.[instanceName];
    if (instance === undefined) return [];
    const devices = Object.keys(instance.ports ?? {});
    const path = ['floating_ips', name];
    const instanceAt: At = { path: ['instances', instanceName], part: 'key' };
    if (port === undefined) {
      if (devices.length === 1) return [];
      if (devices.length === 0) {
        return [t.report('NL206', { path: [...path, 'instance'] }, `${show(instanceName)} has no port`)];
      }
      const hint = `add \`port:\` with one of: ${devices.join(', ')}`;
      const summary = `${show(instanceName)} has several ports; the floating IP must name one`;
      return [t.report('NL313', { path: [...path, 'instance'] }, summary, { hint })];
    }
    if (devices.includes(port)) return [];
    const summary = `${show(instanceName)} has no port ${show(port)}`;
    const related = [{ message: 'the instance', at: instanceAt }];
    return [t.report('NL206', { path: [...path, 'port'] }, summary, { ...hinted(port, devices), related })];
  });
}

function hinted(name: string, candidates: readonly string[]): { hint: string | undefined } {
  return { hint: suggestion(name, candidates) };
}
