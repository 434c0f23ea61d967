import { fnv1a } from '../../net/fnv.ts';
import type { SecurityRule } from '../../resolve/resolved-security.ts';
import type {
  ResolvedFloatingIp,
  ResolvedForwardedIp,
  ResolvedNetwork,
  ResolvedTopology,
} from '../../resolve/resolved.ts';

/**
 * Returns what an entry has besides its name, as 8 hexadecimal digits: an entry that is renamed keeps it. Names of
 * other entries are no part of it, since they may be renamed too. `undefined` if it has too little to be recognised.
 */
export function likenessOf(topology: ResolvedTopology, path: readonly string[]): string | undefined {
  const traits = traitsOf(topology, path);
  if (traits === undefined || traits.length === 0) return undefined;
  return fnv1a(JSON.stringify(traits)).toString(16).padStart(8, '0');
}

function traitsOf(
  topology: ResolvedTopology,
  [section, name = '', , inner = '']: readonly string[],
): unknown[] | undefined {
  const { networks, routers, instances, securityGroups } = topology;
  const network = networks.get(name);
  switch (section) {
    case 'address_scopes':
      return cidrsInScope(topology, name);
    case 'networks':
      if (network === undefined) return undefined;
      if (inner === '') return network.subnets.length === 0 ? undefined : traitsOfNetwork(network);
      return [network.physicalNetwork, ...network.subnets.filter((one) => one.name === inner).map(({ cidr }) => cidr)];
    case 'routers': {
      const { node, interfaces, gateway } = routers.get(name) ?? {};
      const subnets = [...(interfaces ?? []), ...(gateway ? [gateway] : [])].flatMap(({ fixedIps }) =>
        fixedIps.map(({ subnet }) => subnet.cidr),
      );
      return subnets.length === 0 ? undefined : [node, gateway !== undefined, ...subnets.sort()];
    }
    case 'security_groups':
      return securityGroups
        .get(name)
        ?.rules.flatMap((rule) => (rule.byDefault ? [] : traitsOfRule(rule)))
        .sort();
    case 'instances': {
      const instance = instances.get(name);
      const ports = (instance?.ports ?? []).filter(({ device }) => inner === '' || device === inner);
      const traits = ports.map((port) => {
        const on = networks.get(port.network);
        return [inner === '' ? port.device : '', port.dnsName ?? '', ...(on ? traitsOfNetwork(on) : [])];
      });
      return ports.length === 0 ? undefined : [instance?.node, instance?.attach, ...traits];
    }
    case 'floating_ips':
      return traitsOfFloatingIp(topology, name);
    default:
      return undefined;
  }
}

function traitsOfNetwork({ physicalNetwork, external, subnets }: ResolvedNetwork): unknown[] {
  return [physicalNetwork, external, ...subnets.map(({ cidr }) => cidr).sort()];
}

function cidrsInScope({ networks, scopes }: ResolvedTopology, name: string): string[] {
  const number = scopes.get(name);
  const subnets = [...networks.values()].flatMap((network) => network.subnets);
  return subnets
    .filter(({ isScoped, scope }) => isScoped && scope === number)
    .map(({ cidr }) => cidr)
    .sort();
}

function traitsOfRule({ origin: _, remoteGroup, ...rule }: SecurityRule): string {
  return JSON.stringify({ ...rule, group: remoteGroup !== undefined });
}

/** The floating IPs of a topology by name: there can be ten thousand, and each is asked for. */
const byName = new WeakMap<ResolvedTopology, NamedFloatingIps>();

interface NamedFloatingIps {
  readonly whole: ReadonlyMap<string, ResolvedFloatingIp>;
  readonly forwarded: ReadonlyMap<string, ResolvedForwardedIp>;
}

function namedFloatingIps(topology: ResolvedTopology): NamedFloatingIps {
  const known = byName.get(topology);
  if (known) return known;
  const named = {
    whole: new Map(topology.floatingIps.map((one) => [one.name, one])),
    forwarded: new Map(topology.forwardedIps.map((one) => [one.name, one])),
  };
  byName.set(topology, named);
  return named;
}

function traitsOfFloatingIp(topology: ResolvedTopology, name: string): unknown[] | undefined {
  const floatingIps = namedFloatingIps(topology);
  const whole = floatingIps.whole.get(name);
  if (whole) return [whole.node, whole.device, whole.fixedAddress];
  const forwarded = floatingIps.forwarded.get(name);
  if (forwarded === undefined) return undefined;
  const { node, device, forwardings } = forwarded;
  return [
    node,
    device,
    ...forwardings.map(({ protocol, external, fixedAddress }) => [protocol, external, fixedAddress]),
  ];
}
