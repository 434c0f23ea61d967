import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Code } from '../../model/codes/registry.ts';
import { eachEntry } from '../entries.ts';
import { translationsOf } from '../floating-ips.ts';
import type { Translation } from '../floating-ips.ts';
import { show } from '../show.ts';
import { suggestion } from '../suggest.ts';
import type { At, CheckContext, Section } from './context.ts';
import { nics } from './facts/nics.ts';

interface Kind {
  readonly section: Section;
  readonly code: Code;
  readonly noun: string;
}

const KINDS = {
  physicalNetwork: { section: 'physical_networks', code: 'NL201', noun: 'physical network' },
  addressScope: { section: 'address_scopes', code: 'NL220', noun: 'address scope' },
  network: { section: 'networks', code: 'NL202', noun: 'network' },
  node: { section: 'nodes', code: 'NL204', noun: 'node' },
  instance: { section: 'instances', code: 'NL205', noun: 'instance' },
  router: { section: 'routers', code: 'NL680', noun: 'router' },
} as const satisfies Record<string, Kind>;

/** Checks that every name refers to an entry of the file. */
export function checkReferences(t: CheckContext): Diagnostic[] {
  return [...checkNames(t), ...checkMappings(t), ...checkInterfaces(t), ...checkTargets(t)];
}

function checkNames(t: CheckContext): Diagnostic[] {
  const { doc } = t;
  const found: Diagnostic[] = [];
  const check = (kind: Kind, name: string, ...path: readonly (string | number)[]): void => {
    if (t.known(kind.section, name)) return;
    const summary = `unknown ${kind.noun} ${show(name)}`;
    found.push(t.report(kind.code, { path }, summary, hinted(name, t.names(kind.section))));
  };
  for (const { nic, path } of nics(doc)) {
    check(KINDS.physicalNetwork, nic.physical_network, ...path, 'physical_network');
  }
  eachEntry(doc.networks, (name, { physical_network: wire, dhcp, subnets }) => {
    check(KINDS.physicalNetwork, wire, 'networks', name, 'physical_network');
    if (dhcp?.node !== undefined) check(KINDS.node, dhcp.node, 'networks', name, 'dhcp', 'node');
    eachEntry(subnets, (subnet, { address_scope: scope }) => {
      if (scope !== undefined) check(KINDS.addressScope, scope, 'networks', name, 'subnets', subnet, 'address_scope');
    });
  });
  eachEntry(doc.routers, (name, { node, external_gateway: gateway }) => {
    check(KINDS.node, node, 'routers', name, 'node');
    if (gateway !== undefined) check(KINDS.network, gateway.network, 'routers', name, 'external_gateway', 'network');
  });
  eachEntry(doc.instances, (name, { node, ports }) => {
    check(KINDS.node, node, 'instances', name, 'node');
    eachEntry(ports, (device, port) => {
      check(KINDS.network, port.network, 'instances', name, 'ports', device, 'network');
    });
  });
  eachEntry(doc.floating_ips, (name, { floating_network: floating, router }) => {
    check(KINDS.network, floating, 'floating_ips', name, 'floating_network');
    if (router !== undefined) check(KINDS.router, router, 'floating_ips', name, 'router');
  });
  for (const { path, floatingIp } of translationsOf(doc)) {
    const { instance, network } = floatingIp;
    if (instance !== undefined) check(KINDS.instance, instance, ...path, 'instance');
    if (network !== undefined) check(KINDS.network, network, ...path, 'network');
  }
  return found;
}

/** The bridges of a node are keyed by physical network. */
function checkMappings(t: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  eachEntry(t.doc.nodes, (node, { bridge_mappings: mappings }) => {
    for (const wire of Object.keys(mappings ?? {})) {
      if (t.known('physical_networks', wire)) continue;
      const at: At = { path: ['nodes', node, 'bridge_mappings', wire], part: 'key' };
      found.push(
        t.report('NL201', at, `unknown physical network ${show(wire)}`, hinted(wire, t.names('physical_networks'))),
      );
    }
  });
  return found;
}

/** The interfaces of a router are keyed by subnet. */
function checkInterfaces(t: CheckContext): Diagnostic[] {
  if (!t.allSubnets) return [];
  const found: Diagnostic[] = [];
  eachEntry(t.doc.routers, (router, { interfaces }) => {
    for (const subnet of Object.keys(interfaces ?? {})) {
      if (t.subnetNames.has(subnet)) continue;
      const at: At = { path: ['routers', router, 'interfaces', subnet], part: 'key' };
      const more = t.known('networks', subnet)
        ? { hint: 'this is a network; a router has its interfaces on subnets' }
        : hinted(subnet, [...t.subnetNames]);
      found.push(t.report('NL203', at, `unknown subnet ${show(subnet)}`, more));
    }
  });
  return found;
}

/** The port a floating IP or a port forwarding names must be one of its instance's. */
function checkTargets(t: CheckContext): Diagnostic[] {
  return translationsOf(t.doc).flatMap((translation) => checkTarget(t, translation) ?? []);
}

function checkTarget(t: CheckContext, { path, forwarding, floatingIp }: Translation): Diagnostic | undefined {
  const { instance: instanceName, port } = floatingIp;
  if (instanceName === undefined) return undefined;
  const instance = t.doc.instances?.[instanceName];
  if (instance === undefined) return undefined;
  const devices = Object.keys(instance.ports ?? {});
  if (port === undefined) {
    if (devices.length === 1) return undefined;
    if (devices.length === 0) {
      return t.report('NL206', { path: [...path, 'instance'] }, `${show(instanceName)} has no port`);
    }
    const hint = `add \`port:\` with one of: ${devices.join(', ')}`;
    const what = forwarding === undefined ? 'floating IP' : 'port forwarding';
    const summary = `${show(instanceName)} has several ports; the ${what} must name one`;
    return t.report('NL313', { path: [...path, 'instance'] }, summary, { hint });
  }
  if (devices.includes(port)) return undefined;
  const summary = `${show(instanceName)} has no port ${show(port)}`;
  const instanceAt: At = { path: ['instances', instanceName], part: 'key' };
  const related = [{ message: 'the instance', at: instanceAt }];
  return t.report('NL206', { path: [...path, 'port'] }, summary, { ...hinted(port, devices), related });
}

function hinted(name: string, candidates: readonly string[]): { hint: string | undefined } {
  return { hint: suggestion(name, candidates) };
}
