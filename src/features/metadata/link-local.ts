import type { ResolvedDhcp } from '../../resolve/resolved.ts';
import { linkLocalAddress } from '../../kinds/address/spec.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/**
 * The metadata address of IPv6 beside a DHCP server. Neutron binds its proxy to it only where the network has an IPv6 subnet, so nobody answers
 * there: the address is kept for those who look for it. A node that turns IPv6 off for new namespaces and devices does not turn it off in this one;
 * the default is for the device that is not there yet.
 */
export function* linkLocal(port: ResolvedDhcp, cidr: string): Generator<Resource> {
  if (!carriesIpv6(port)) return;
  const { node, netns, device, origin } = port;
  yield sysctl({ node, netns }, 'net/ipv6/conf/default/disable_ipv6', '0', origin);
  yield sysctl({ node, netns }, `net/ipv6/conf/${device}/disable_ipv6`, '0', origin);
  yield linkLocalAddress({ node, netns, device }, cidr, origin);
}
