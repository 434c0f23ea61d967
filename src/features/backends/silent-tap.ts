import type { ResolvedPort } from '../../resolve/resolved.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/** As Neutron does it: the node itself must not get an address on a tap by router advertisement. */
export function silentTap(port: ResolvedPort, device: Resource): readonly Resource[] {
  return silentLink(port, port.tap, device);
}

/** The same for another link that a port has on the node. */
export function silentLink(port: ResolvedPort, link: string, device: Resource): readonly Resource[] {
  if (!carriesIpv6(port)) return [];
  const { node, origin } = port;
  const quiet = sysctl({ node, netns: null }, `net/ipv6/conf/${link}/disable_ipv6`, '1', origin);
  return [{ ...quiet, after: [addressOf(device)] }];
}
