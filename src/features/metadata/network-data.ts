import type { FixedIp, InstancePort } from '../../resolve/resolved.ts';
import { addressOfCidr, prefixLengthOf } from '../../net/block.ts';
import { netmask } from '../../net/ipv4.ts';
import type { Client } from './client.ts';

/**
 * Nova's network_data.json: a link for each port, a network for each of its addresses. For the leased address the type
 * is DHCP, for the others static. Nova omits all but the first address of a subnet.
 */
export function networkData({ instance: { ports }, networkIds }: Client): object {
  const addresses = ports.flatMap((port) => port.fixedIps.map((fixedIp) => ({ port, fixedIp })));
  const servers = new Set(addresses.flatMap(({ fixedIp }) => fixedIp.subnet.dnsNameservers));
  return {
    links: ports.map(({ id, tap, mac, mtu }) => ({
      id: tap,
      vif_id: id,
      type: 'bridge',
      mtu,
      ethernet_mac_address: mac,
    })),
    networks: addresses.map(({ port, fixedIp }, index) => ({
      id: `network${String(index)}`,
      link: port.tap,
      network_id: networkIds.get(port.network),
      ...configuration(fixedIp, port),
    })),
    services: [...servers].map((address) => ({ type: 'dns', address })),
  };
}

function configuration(fixedIp: FixedIp, { leased, fixedIps: all }: InstancePort): object {
  if (fixedIp === leased) return { type: 'ipv4_dhcp' };
  const { address, subnet } = fixedIp;
  // Routes come with the lease, or with the first address of the subnet.
  const isFirst = !subnet.enableDhcp && fixedIp === all.find((one) => one.subnet.name === subnet.name);
  const gateway = subnet.gatewayIp === null ? [] : [{ destination: '0.0.0.0/0', nexthop: subnet.gatewayIp }];
  const routes = isFirst ? [...gateway, ...subnet.hostRoutes] : [];
  return {
    type: 'ipv4',
    ip_address: address,
    netmask: netmask(subnet.prefixLength),
    routes: routes.map(({ destination, nexthop }) => ({
      network: addressOfCidr(destination),
      netmask: netmask(prefixLengthOf(destination)),
      gateway: nexthop,
    })),
    services: subnet.dnsNameservers.map((server) => ({ type: 'dns', address: server })),
  };
}
