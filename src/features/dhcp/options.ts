import { portOptions } from './port-options.ts';
import type { Release, ResolvedDhcp, ResolvedNetwork, ResolvedSubnet } from '../../resolve/resolved.ts';

const METADATA = '169.254.169.254/32';
const ANYWHERE = '0.0.0.0/0';

/** dnsmasq's --dhcp-optsfile: the options of each subnet, line by line as in Neutron's `_generate_opts`. */
export function options(network: ResolvedNetwork, dhcp: ResolvedDhcp, release: Release): string {
  const perSubnet = dhcp.fixedIps.flatMap(({ subnet, address }) => {
    return subnetOptions(network, dhcp, subnet, { gateway: gatewayOf(subnet, release), dhcpAddress: address });
  });
  // A subnet without `dns_nameservers` has no such option: dnsmasq hands out its own address.
  return [...perSubnet, ...portOptions(dhcp.clients)].join('\n');
}

function subnetOptions(
  network: ResolvedNetwork,
  dhcp: ResolvedDhcp,
  subnet: ResolvedSubnet,
  { gateway, dhcpAddress }: { readonly gateway: string | undefined; readonly dhcpAddress: string },
): readonly string[] {
  const routes = classlessRoutes(network, subnet, gateway, dhcp.isolated.has(subnet.name) ? dhcpAddress : gateway);
  return [
    ...nameServers(subnet),
    ...routes.flatMap((list) => [option(subnet, 'option:classless-static-route', list), option(subnet, '249', list)]),
    // Without a value the option stops dnsmasq from announcing itself.
    option(subnet, 'option:router', gateway),
  ];
}

/**
 * Returns the subnet's gateway, or else the next hop of its default host route. In Grizzly the host route takes the
 * gateway's place (the last one, if there are several).
 */
function gatewayOf({ gatewayIp, hostRoutes }: ResolvedSubnet, release: Release): string | undefined {
  const routes = hostRoutes.filter(({ destination }) => destination === ANYWHERE);
  if (release === 'grizzly') return routes.at(-1)?.nexthop ?? gatewayIp ?? undefined;
  return gatewayIp ?? routes[0]?.nexthop;
}

function nameServers(subnet: ResolvedSubnet): readonly string[] {
  const { dnsNameservers } = subnet;
  if (dnsNameservers.length === 0) return [];
  // In the Neutron API this value means that clients get no name server.
  const none = dnsNameservers.length === 1 && dnsNameservers[0] === '0.0.0.0';
  return [option(subnet, 'option:dns-server', none ? undefined : dnsNameservers.join(','))];
}

/**
 * Options 121 and 249 (the same, for Windows): on-link routes to the other subnets of the network, the host routes, the
 * metadata address, and the default route, which clients that know these options take from here alone. Returns at most
 * one list.
 */
function classlessRoutes(
  { subnets }: ResolvedNetwork,
  subnet: ResolvedSubnet,
  gateway: string | undefined,
  metadataVia: string | undefined,
): readonly string[] {
  const routes = [
    ...subnets
      .filter(({ cidr }) => cidr !== subnet.cidr)
      .map(({ cidr }) => `${cidr},0.0.0.0`)
      .reverse(),
    ...subnet.hostRoutes
      .filter(({ destination }) => destination !== ANYWHERE)
      .map(({ destination, nexthop }) => `${destination},${nexthop}`),
    ...(metadataVia === undefined ? [] : [`${METADATA},${metadataVia}`]),
  ];
  if (routes.length === 0) return [];
  return [[...routes, ...(gateway === undefined ? [] : [`${ANYWHERE},${gateway}`])].join(',')];
}

function option({ id }: ResolvedSubnet, name: string, value: string | undefined): string {
  return [`tag:subnet-${id}`, name, ...(value === undefined ? [] : [value])].join(',');
}
