import type { ResolvedGateway, ResolvedRouter } from '../../compile/resolve/resolved.ts';
import { sysctl, type SysctlPath } from '../../kinds/sysctl/spec.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/**
 * Kernel parameters of every router. All but the last are Neutron's: arp_ignore and arp_announce keep the router from answering
 * on one device for the address of another (LP 1692007), promote_secondaries keeps the other addresses of a subnet when the
 * first one goes. arp_notify is ours: the kernel announces a device's addresses when it comes up or gets another MAC, which
 * Neutron runs arping for.
 */
const ROUTER: readonly (readonly [path: SysctlPath, value: string])[] = [
  ['net/ipv4/conf/all/promote_secondaries', '1'],
  ['net/ipv4/ip_forward', '1'],
  ['net/ipv4/conf/all/arp_ignore', '1'],
  ['net/ipv4/conf/all/arp_announce', '2'],
  ['net/ipv6/conf/all/forwarding', '1'],
  ['net/ipv4/conf/all/arp_notify', '1'],
];

/** Parameters of the router's namespace. */
export function routerSysctls({ node, netns, origin }: ResolvedRouter): readonly Resource[] {
  return ROUTER.map(([path, value]) => sysctl({ node, netns }, path, value, origin));
}

/** Parameters of the gateway device: with no IPv6 gateway known, Neutron lets router advertisements bring one. */
export function gatewaySysctls({ node, netns }: ResolvedRouter, gateway: ResolvedGateway): readonly Resource[] {
  if (!carriesIpv6(gateway)) return [];
  const { device, origin } = gateway;
  return [
    sysctl({ node, netns }, `net/ipv6/conf/${device}/accept_ra`, '2', origin),
    sysctl({ node, netns }, `net/ipv6/conf/${device}/forwarding`, '1', origin),
  ];
}
