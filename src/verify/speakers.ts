import { addressOfCidr } from '../net/block.ts';
import type { ResolvedPort, ResolvedTopology } from '../resolve/resolved.ts';
import type { Topology } from '../topology/types.gen.ts';

/** What a sender must have, and whom it must reach, so that no answer means something. */
export interface Speaker {
  /** Its own addresses. */
  readonly addresses: readonly string[];
  /** Addresses that may be on-link and answer ARP, the likeliest first. */
  readonly neighbours: readonly string[];
}

/** Neighbours of one sender that are asked. */
const MOST = 12;

/** Returns how to tell whether an instance or outside host could speak. Gateways and DHCP servers are asked first. */
export function speakerOf(name: string, { hosts }: Topology, resolved: ResolvedTopology): Speaker {
  const instance = resolved.instances.get(name);
  if (instance) {
    const networks = new Set(instance.ports.map(({ network }) => network));
    const wires = wiresOf(resolved, networks);
    const own = instance.ports.flatMap(addressesOf);
    return { addresses: own, neighbours: neighboursOf(hosts, resolved, { networks, wires }, own) };
  }
  const nics = Object.values(hosts?.[name]?.nics ?? {});
  const wires = new Set(nics.map((nic) => nic.physical_network));
  const onWires = [...resolved.networks.values()].filter(({ physicalNetwork }) => wires.has(physicalNetwork));
  const networks = new Set(onWires.map((network) => network.name));
  const own = nics.flatMap((nic) => (nic.addresses ?? []).map(addressOfCidr));
  return { addresses: own, neighbours: neighboursOf(hosts, resolved, { networks, wires }, own) };
}

function wiresOf({ networks: all }: ResolvedTopology, networks: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...networks].flatMap((network) => all.get(network)?.physicalNetwork ?? []));
}

function neighboursOf(
  hosts: Topology['hosts'],
  resolved: ResolvedTopology,
  { networks, wires }: { readonly networks: ReadonlySet<string>; readonly wires: ReadonlySet<string> },
  own: readonly string[],
): readonly string[] {
  const isNear = ({ network }: ResolvedPort): boolean => networks.has(network);
  const near = [...resolved.networks.values()].filter(({ name }) => networks.has(name));
  const routers = [...resolved.routers.values()];
  const ports = [...resolved.instances.values()].flatMap((instance) => instance.ports).filter(isNear);
  const nics = Object.values(hosts ?? {}).flatMap((host) => Object.values(host.nics ?? {}));
  const found = [
    ...near.flatMap(({ subnets }) => subnets.flatMap(({ gatewayIp }) => gatewayIp ?? [])),
    ...routers
      .flatMap(({ interfaces, gateway }) => [...interfaces, ...(gateway ? [gateway] : [])])
      .filter(isNear)
      .flatMap(addressesOf),
    ...near.flatMap(({ dhcp }) => (dhcp ? addressesOf(dhcp) : [])),
    ...nics.filter((nic) => wires.has(nic.physical_network)).flatMap((nic) => (nic.addresses ?? []).map(addressOfCidr)),
    ...ports.flatMap(addressesOf),
  ];
  return [...new Set(found)].filter((address) => !own.includes(address)).slice(0, MOST);
}

function addressesOf({ fixedIps }: Pick<ResolvedPort, 'fixedIps'>): readonly string[] {
  return fixedIps.map(({ address }) => address);
}
