/** @typedef {import('../../../src/resolve/resolved.ts').ResolvedTopology} ResolvedTopology */
/** @typedef {import('../../../src/resolve/resolved.ts').RouterPort} RouterPort */

/**
 * Returns the routers of a topology as neutron-server sends them to its L3 agent.
 * @param {ResolvedTopology} topology @returns {unknown[]}
 */
export function routersAsNeutronSendsThem({ routers, networks, floatingIps }) {
  /** @param {RouterPort} port */
  const portOf = ({ id, mac, network, mtu, fixedIps }) => {
    const subnets = fixedIps.map(({ subnet }) => subnet);
    return {
      id,
      admin_state_up: true,
      mac_address: mac,
      network_id: networks.get(network)?.id,
      mtu,
      fixed_ips: fixedIps.map(({ address, subnet }) => ({
        ip_address: address,
        subnet_id: subnet.id,
        prefixlen: subnet.prefixLength,
      })),
      subnets: subnets.map((subnet) => ({ id: subnet.id, cidr: subnet.cidr, gateway_ip: subnet.gatewayIp })),
      extra_subnets: [],
      address_scopes: { 4: null, 6: null },
    };
  };
  return [...routers.values()].map(({ name, id, gateway, interfaces }) => ({
    id,
    ha: false,
    distributed: false,
    routes: [],
    enable_snat: gateway?.enableSnat ?? false,
    external_gateway_info: gateway && { network_id: networks.get(gateway.network)?.id },
    gw_port: gateway && portOf(gateway),
    _interfaces: interfaces.map(portOf),
    _floatingips: floatingIps
      .filter(({ router }) => router === name)
      .map((one) => ({
        id: one.id,
        floating_ip_address: one.address,
        fixed_ip_address: one.fixedAddress,
        status: 'DOWN',
      })),
  }));
}
