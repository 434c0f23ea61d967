import type { ResolvedPort } from '../../compile/resolve/resolved.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import { veth } from '../../kinds/veth/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/** A port whose device is in a namespace: the veth, with its tap in the network's bridge, and the tap's silence in IPv6. */
export function plug(port: ResolvedPort & { readonly netns: string }, guest = false): readonly Resource[] {
  const { node, netns, device, mac, mtu, tap, bridge, origin } = port;
  const pair = veth({ node, netns, device }, { mac, mtu, tap, bridge, guest }, origin);
  return [pair, ...silentTap(port, pair)];
}

/** As Neutron does it: the node itself must not get an address on a tap by router advertisement. */
export function silentTap(port: ResolvedPort, device: Resource): readonly Resource[] {
  if (!carriesIpv6(port)) return [];
  const { node, tap, origin } = port;
  const quiet = sysctl({ node, netns: null }, `net/ipv6/conf/${tap}/disable_ipv6`, '1', origin);
  return [{ ...quiet, after: [addressOf(device)] }];
}
