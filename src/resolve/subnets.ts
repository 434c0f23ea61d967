import { parseBlock } from '../net/block.ts';
import type { Block } from '../net/block.ts';
import { compareRanges } from '../net/range.ts';
import type { IpRange } from '../net/range.ts';
import { gatewayOf, poolsOf } from '../topology/defaults.ts';
import type { Network, Subnet } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { idAt } from './ids.ts';
import { originAt } from './origin.ts';
import type { ResolvedSubnet } from './resolved.ts';
import { NO_SCOPE } from './scopes.ts';

/** A subnet with its allocation pools, lowest first. */
export interface SubnetDraft {
  readonly subnet: ResolvedSubnet;
  readonly block: Block;
  readonly pools: readonly IpRange[];
}

/** Reads the subnets of a network with the defaults of the Neutron API; `scopes` are numbers of address scopes. */
export function readSubnets(
  topology: ValidTopology,
  network: string,
  spec: Network,
  scopes: ReadonlyMap<string, number>,
): readonly SubnetDraft[] {
  return Object.entries(spec.subnets ?? {}).map(([name, subnet]) => {
    const scope = subnet.address_scope === undefined ? undefined : scopes.get(subnet.address_scope);
    return readSubnet(topology, ['networks', network, 'subnets', name], subnet, scope);
  });
}

function readSubnet(
  topology: ValidTopology,
  path: readonly [string, string, string, string],
  spec: Subnet,
  scope: number | undefined,
): SubnetDraft {
  const [, network, , name] = path;
  const block = parseBlock(spec.cidr);
  return {
    block,
    pools: [...poolsOf(spec)].sort(compareRanges),
    subnet: {
      name,
      id: spec.id ?? idAt(topology.doc, path),
      network,
      cidr: spec.cidr,
      prefixLength: block.prefixLength,
      gatewayIp: gatewayOf(spec) ?? null,
      scope: scope ?? NO_SCOPE,
      isScoped: scope !== undefined,
      enableDhcp: spec.enable_dhcp ?? true,
      dnsNameservers: spec.dns_nameservers ?? [],
      hostRoutes: spec.host_routes ?? [],
      origin: originAt(topology, path),
    },
  };
}
