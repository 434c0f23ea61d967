import type { ResolvedGateway, ResolvedRouter, ResolvedTopology, RouterPort } from '../../resolve/resolved.ts';
import { sysctl, type SysctlPath } from '../../kinds/sysctl/spec.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';

/**
 * Kernel parameters of every router. All but the last are Neutron's. arp_ignore and arp_announce stop the router from
 * answering on one device for an address of another (LP 1692007). promote_secondaries keeps the other addresses of a
 * subnet when the first one is deleted. arp_notify is netloom's: the kernel announces a device's addresses when it
 * comes up or gets another MAC, for which Neutron runs arping.
 */
const ROUTER: readonly (readonly [path: SysctlPath, value: string])[] = [
  ['net/ipv4/conf/all/promote_secondaries', '1'],
  ['net/ipv4/ip_forward', '1'],
  ['net/ipv4/conf/all/arp_ignore', '1'],
  ['net/ipv4/conf/all/arp_announce', '2'],
  ['net/ipv6/conf/all/forwarding', '1'],
  ['net/ipv4/conf/all/arp_notify', '1'],
];

/**
 * Parameters of the router's namespace. In the node's own namespace only forwarding is set; the other parameters belong
 * to the node.
 */
export function routerSysctls({ node, netns, origin }: ResolvedRouter): readonly Resource[] {
  if (netns === null) return [sysctl({ node, netns }, 'net/ipv4/ip_forward', '1', origin)];
  return ROUTER.map(([path, value]) => sysctl({ node, netns }, path, value, origin));
}

const PORT_OF_NODE = {
  promote_secondaries: '1',
  arp_ignore: '1',
  arp_announce: '2',
  arp_notify: '1',
} as const;

/**
 * Parameters of a router's port in the node's own namespace: IPv6 router advertisements must give the node neither an
 * address nor a route.
 */
export function nodePortSysctls(port: RouterPort): readonly Resource[] {
  const { node, device, origin } = port;
  const place = { node, netns: null };
  const found = Object.entries(PORT_OF_NODE).map(([key, value]) =>
    sysctl(place, `net/ipv4/conf/${device}/${key as keyof typeof PORT_OF_NODE}`, value, origin),
  );
  return carriesIpv6(port) ? [...found, sysctl(place, `net/ipv6/conf/${device}/disable_ipv6`, '1', origin)] : found;
}

/**
 * Devices of the node that receive the router's networks and are not ports of the router: bridge devices, NICs in a
 * bridge, and taps, because a userspace switch gives the node a copy of every frame. They would answer ARP requests for
 * the router's addresses with their own MAC.
 */
export function nonAnsweringDevices(
  { bridges, nodes, instances }: ResolvedTopology,
  { node }: ResolvedRouter,
): readonly Resource[] {
  const borrowed = (nodes.get(node)?.nics ?? []).filter(({ bridge }) => bridge !== null);
  const taps = [...instances.values()].filter((one) => one.node === node).flatMap(({ ports }) => ports);
  const devices = [
    ...bridges.filter((bridge) => bridge.node === node),
    ...borrowed,
    ...taps.flatMap(({ tap, hybrid, origin }) => {
      const between = hybrid === null ? [] : [hybrid.bridge, hybrid.inside, hybrid.outside];
      return [tap, ...between].map((name) => ({ name, origin }));
    }),
  ];
  return devices.map(({ name, origin }) =>
    sysctl({ node, netns: null }, `net/ipv4/conf/${name}/arp_ignore`, '1', origin),
  );
}

/**
 * Parameters of the gateway device: without an IPv6 gateway in the file, Neutron accepts router advertisements on it.
 */
export function gatewaySysctls({ node, netns }: ResolvedRouter, gateway: ResolvedGateway): readonly Resource[] {
  if (netns === null || !carriesIpv6(gateway)) return [];
  const { device, origin } = gateway;
  return [
    sysctl({ node, netns }, `net/ipv6/conf/${device}/accept_ra`, '2', origin),
    sysctl({ node, netns }, `net/ipv6/conf/${device}/forwarding`, '1', origin),
  ];
}
