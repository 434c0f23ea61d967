import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { dhcpProbes } from './dhcp.ts';
import { floatingIpProbes } from './floating-ips.ts';
import { instanceProbes } from './instances.ts';
import { metadataProbes } from './metadata.ts';
import type { ServiceProbe } from './probe.ts';
import { routerProbes } from './routers.ts';

/**
 * Returns the requests that ask every service of a network, from namespaces of ours. They go to ports of ours, to
 * guests and to the gateways of routers, and leave nothing behind: no lease, no connection of a guest's program.
 */
export function serviceProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  return [
    ...routerProbes(resolved),
    ...dhcpProbes(resolved),
    ...metadataProbes(resolved),
    ...instanceProbes(resolved),
    ...floatingIpProbes(resolved),
  ];
}
