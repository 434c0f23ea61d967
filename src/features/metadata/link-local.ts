import type { ResolvedDhcp } from '../../resolve/resolved.ts';
import { linkLocalAddress } from '../../kinds/address/spec.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/**
 * The IPv6 metadata address beside a DHCP server. Neutron binds its proxy to it only if the network has an IPv6 subnet,
 * so nothing answers there; the address exists for guests that look for it. IPv6 is enabled here even if the node
 * disables it for new namespaces and devices. The default is set for a device that does not exist yet.
 */
export function* linkLocal(port: ResolvedDhcp, cidr: string): Generator<Resource> {
  if (!carriesIpv6(port)) return;
  const { node, netns, device, origin } = port;
  yield sysctl({ node, netns }, 'net/ipv6/conf/default/disable_ipv6', '0', origin);
  yield sysctl({ node, netns }, `net/ipv6/conf/${device}/disable_ipv6`, '0', origin);
  yield linkLocalAddress({ node, netns, device }, cidr, origin);
}
