import type { Path, ValidTopology } from '../topology/valid.ts';
import { required } from '../resolve/required.ts';
import type { ResolvedPort, ResolvedTopology } from '../resolve/resolved.ts';

/** A derived value as a field of the topology file. */
export interface Pin {
  /** The entry that gets the field. */
  readonly path: Path;
  readonly field: string;
  readonly value: string | readonly string[];
  /** The field whose place it takes. */
  readonly replaces?: string;
  readonly what: 'id' | 'MAC' | 'address';
}

/** An entry of a document that may have any of these fields. */
interface Entry {
  readonly id?: string;
  readonly port_id?: string;
  readonly mac_address?: string;
  readonly fixed_ip_address?: string;
  readonly fixed_ips?: readonly string[];
}

/**
 * Returns every derived id, MAC and address as the field that gives it, by entry, in the order of the file. What has no
 * field is left out: the id of the group `default` if the file has no entry for it, numbers of address scopes, and
 * local VLANs. So is the address of a router interface that is its subnet's `gateway_ip`.
 */
export function pinsOf(topology: ValidTopology, { withDown, ...up }: ResolvedTopology): readonly Pin[] {
  const resolved = withDown ?? up;
  return [
    ...ofNetworks(topology, resolved),
    ...ofRouters(topology, resolved),
    ...ofGroups(topology, resolved),
    ...ofInstances(topology, resolved),
    ...ofFloatingIps(topology, resolved),
  ];
}

function* ofNetworks({ doc }: ValidTopology, { networks }: ResolvedTopology): Generator<Pin> {
  for (const [name, spec] of Object.entries(doc.networks ?? {})) {
    const { id, dhcp, subnets } = required(networks.get(name), `a network ${name}`);
    yield* idOf(['networks', name], spec, id);
    if (dhcp) yield* ofDhcp(['networks', name, 'dhcp'], spec.dhcp ?? {}, dhcp);
    for (const subnet of subnets) {
      yield* idOf(['networks', name, 'subnets', subnet.name], spec.subnets?.[subnet.name] ?? {}, subnet.id);
    }
  }
}

/** A DHCP port has one address in each subnet with DHCP; `fixed_ip_address` can give only one of them. */
function* ofDhcp(path: Path, spec: Entry, { id, mac, fixedIps }: ResolvedPort): Generator<Pin> {
  yield* portId(path, spec, id);
  yield* macOf(path, spec, mac);
  const given = spec.fixed_ips ?? (spec.fixed_ip_address === undefined ? [] : [spec.fixed_ip_address]);
  const all = fixedIps.map(({ address }) => address);
  if (all.every((address) => given.includes(address))) return;
  const value = [...given, ...all.filter((address) => !given.includes(address))];
  const [only, another] = value;
  if (only !== undefined && another === undefined) {
    yield { path, field: 'fixed_ip_address', value: only, what: 'address' };
    return;
  }
  const replaces = spec.fixed_ip_address === undefined ? {} : { replaces: 'fixed_ip_address' };
  yield { path, field: 'fixed_ips', value, what: 'address', ...replaces };
}

function* ofRouters({ doc }: ValidTopology, { routers }: ResolvedTopology): Generator<Pin> {
  for (const [name, spec] of Object.entries(doc.routers ?? {})) {
    const { id, gateway, interfaces } = required(routers.get(name), `a router ${name}`);
    yield* idOf(['routers', name], spec, id);
    if (gateway) {
      const path = ['routers', name, 'external_gateway'];
      const own = spec.external_gateway ?? {};
      yield* portId(path, own, gateway.id);
      yield* addressAndMac(path, own, gateway);
    }
    for (const [index, [subnet, own]] of Object.entries(spec.interfaces ?? {}).entries()) {
      const port = required(interfaces[index], `an interface of ${name} on ${subnet}`);
      const path = ['routers', name, 'interfaces', subnet];
      yield* portId(path, own, port.id);
      if (port.fixedIp.subnet.gatewayIp === null) yield* addressOf(path, own, port);
      yield* macOf(path, own, port.mac);
    }
  }
}

function* ofGroups({ doc }: ValidTopology, { securityGroups }: ResolvedTopology): Generator<Pin> {
  for (const [name, spec] of Object.entries(doc.security_groups ?? {})) {
    yield* idOf(['security_groups', name], spec, required(securityGroups.get(name), `a group ${name}`).id);
  }
}

function* ofInstances({ doc }: ValidTopology, { instances }: ResolvedTopology): Generator<Pin> {
  for (const [name, spec] of Object.entries(doc.instances ?? {})) {
    const { ports, metadata } = required(instances.get(name), `an instance ${name}`);
    if (metadata) yield* idOf(['instances', name], spec, metadata.id);
    for (const [index, [device, own]] of Object.entries(spec.ports ?? {}).entries()) {
      const port = required(ports[index], `a port ${device} of ${name}`);
      const path = ['instances', name, 'ports', device];
      yield* idOf(path, own, port.id);
      yield* addressAndMac(path, own, port);
    }
  }
}

function* ofFloatingIps({ doc }: ValidTopology, { floatingIps, forwardedIps }: ResolvedTopology): Generator<Pin> {
  const byName = new Map([...floatingIps, ...forwardedIps].map((one) => [one.name, one]));
  const forwardings = new Map(forwardedIps.map((one) => [one.name, one.forwardings]));
  for (const [name, spec] of Object.entries(doc.floating_ips ?? {})) {
    const { id, address } = required(byName.get(name), `a floating IP ${name}`);
    const path = ['floating_ips', name];
    yield* idOf(path, spec, id);
    if (spec.floating_ip_address === undefined) {
      yield { path, field: 'floating_ip_address', value: address, what: 'address' };
    }
    for (const [index, own] of (spec.port_forwardings ?? []).entries()) {
      const forwarding = required(forwardings.get(name)?.[index], `a port forwarding of ${name}`);
      yield* idOf([...path, 'port_forwardings', index], own, forwarding.id);
    }
  }
}

function* idOf(path: Path, { id: given }: Entry, id: string): Generator<Pin> {
  if (given === undefined) yield { path, field: 'id', value: id, what: 'id' };
}

function* portId(path: Path, { port_id: given }: Entry, id: string): Generator<Pin> {
  if (given === undefined) yield { path, field: 'port_id', value: id, what: 'id' };
}

function* macOf(path: Path, { mac_address: given }: Entry, mac: string): Generator<Pin> {
  if (given === undefined) yield { path, field: 'mac_address', value: mac, what: 'MAC' };
}

function* addressAndMac(path: Path, own: Entry, port: ResolvedPort): Generator<Pin> {
  yield* addressOf(path, own, port);
  yield* macOf(path, own, port.mac);
}

function* addressOf(
  path: Path,
  { fixed_ip_address: one, fixed_ips: several }: Entry,
  port: ResolvedPort,
): Generator<Pin> {
  if (one !== undefined || several !== undefined) return;
  const { address } = required(port.fixedIps[0], `an address for ${port.id}`);
  yield { path, field: 'fixed_ip_address', value: address, what: 'address' };
}
