import type { ResolvedPort } from '../../../compile/resolve/resolved.ts';
import { sysctl } from '../../../kinds/sysctl/spec.ts';
import { addressOf } from '../../../model/resource.ts';
import type { Resource } from '../../../model/resource.ts';

/** As Neutron does it: the node itself must not get an address on a tap by router advertisement. */
export function silentTap({ node, tap, origin }: ResolvedPort, device: Resource): Resource {
  const quiet = sysctl({ node, netns: null }, `net/ipv6/conf/${tap}/disable_ipv6`, '1', origin);
  return { ...quiet, after: [addressOf(device)] };
}
