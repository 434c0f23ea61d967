import type { ResolvedPort } from '../../resolve/resolved.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/** Disables IPv6 on a port's tap, as Neutron does: router advertisements must not give the node an address on it. */
export function tapWithoutIpv6(port: ResolvedPort, device: Resource): readonly Resource[] {
  return linkWithoutIpv6(port, port.tap, device);
}

/** Disables IPv6 on another link of a port on the node. */
export function linkWithoutIpv6(port: ResolvedPort, link: string, device: Resource): readonly Resource[] {
  if (!carriesIpv6(port)) return [];
  const { node, origin } = port;
  const quiet = sysctl({ node, netns: null }, `net/ipv6/conf/${link}/disable_ipv6`, '1', origin);
  return [{ ...quiet, after: [addressOf(device)] }];
}
