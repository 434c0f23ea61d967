import type { Release, ResolvedDhcp, ResolvedNetwork, ResolvedTopology } from '../../resolve/resolved.ts';
import { fileRef } from '../../kinds/file/spec.ts';
import { address } from '../../kinds/address/spec.ts';
import { netns } from '../../kinds/netns/spec.ts';
import { sysctl } from '../../kinds/sysctl/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { addressOf } from '../../model/resource.ts';
import type { Resource } from '../../model/resource.ts';
import { carriesIpv6 } from '../../net/ipv6.ts';
import { backendOf } from '../backends/registry.ts';
import { heldOnDevice } from '../existing/device.ts';
import { defaultRoute } from '../default-route.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { releaseBook } from '../releases/release-book.ts';
import { dnsmasq, hostsPath } from './dnsmasq.ts';
import { heldByHosts } from './hosts.ts';

/**
 * A network's DHCP server, as Neutron's DHCP agent creates it: a namespace with one port, an address in every subnet
 * that enables DHCP, and a dnsmasq that answers only known MACs.
 */
export const dhcp: NetworkFeature = {
  name: 'dhcp',
  *contribute(topology) {
    for (const network of topology.networks.values()) {
      if (network.dhcp === undefined) continue;
      for (const resource of server(topology, network, network.dhcp)) yield whole(resource);
      yield* rules(network.dhcp, topology.release);
    }
  },
  *held({ name, networks }, existing) {
    for (const { id, dhcp: port } of networks.values()) {
      if (port === undefined) continue;
      yield* heldOnDevice(port, backendOf(port).device(port), existing);
      for (const { node, spec } of existing.at(fileRef(port.node, hostsPath(name, id)))) {
        yield* heldByHosts(spec.content, port.clients, node);
      }
    }
  },
};

function* server(topology: ResolvedTopology, network: ResolvedNetwork, port: ResolvedDhcp): Generator<Resource> {
  const { node, device, origin } = port;
  const location = { node, netns: port.netns, device };
  yield netns(node, port.netns, origin);
  yield* sysctls(port);
  const plugged = backendOf(port).device(port);
  yield* plugged;
  const addresses = port.fixedIps.map(({ address: own, subnet }) =>
    address(location, `${own}/${String(subnet.prefixLength)}`, origin),
  );
  yield* addresses;
  const routed = port.fixedIps.find(({ subnet }) => subnet.gatewayIp !== null);
  if (routed) yield* defaultRoute(location, routed.subnet, origin);
  yield* dnsmasq(topology, network, port, [plugged[0], ...addresses].map(addressOf));
}

/**
 * Parameters as Neutron sets them, and arp_notify as in a router. The default applies to new devices only, so the
 * parameter of the existing port is set too.
 */
function sysctls(port: ResolvedDhcp): readonly Resource[] {
  const { node, netns, device, origin } = port;
  const values = [
    ['net/ipv4/conf/all/promote_secondaries', '1'],
    ['net/ipv4/ip_nonlocal_bind', '1'],
    ['net/ipv6/conf/default/accept_ra', '0'],
    ...(carriesIpv6(port) ? [[`net/ipv6/conf/${device}/accept_ra`, '0'] as const] : []),
    ['net/ipv4/conf/all/arp_notify', '1'],
  ] as const;
  return values.map(([path, value]) => sysctl({ node, netns }, path, value, origin));
}

function* rules(location: ResolvedDhcp, release: Release): Generator<Contribution> {
  for (const book of releaseBook(release).dhcp) yield* book.skeleton(location);
}
