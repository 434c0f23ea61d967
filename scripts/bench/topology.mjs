import { stringify } from 'yaml';

/** The network that is measured: one node, ROUTERS routers with a gateway, a subnet and ten floating IPs each. */
const FLOATING_IPS = 10;

/**
 * Returns the topology as a person writes it. `more`: so many floating IPs more, of the first router; `dhcp`: its
 * network has a DHCP server.
 * @param {string} name @param {number} routers @param {{more?: number, dhcp?: boolean}} [options]
 */
export function benchTopology(name, routers, { more = 0, dhcp = false } = {}) {
  /** @type {Record<string, unknown>} */
  const subnets = {};
  /** @type {Record<string, unknown>} */
  const routerMap = {};
  /** @type {Record<string, unknown>} */
  const floatingIps = {};
  for (let r = 0; r < routers; r += 1) {
    const lan = `10.${1 + (r >> 8)}.${r & 255}`;
    subnets[`lan${r}`] = { cidr: `${lan}.0/24`, enable_dhcp: dhcp && r === 0 };
    routerMap[`r${r}`] = {
      node: 'host',
      external_gateway: { network: 'public', fixed_ip_address: `172.24.${10 + (r >> 7)}.${1 + (r & 127)}` },
      interfaces: { [`lan${r}`]: {} },
    };
    for (let f = 0; f < FLOATING_IPS; f += 1) {
      const n = r * FLOATING_IPS + f;
      floatingIps[`fip${r}-${f}`] = {
        floating_network: 'public',
        floating_ip_address: `172.24.${100 + (n >> 7)}.${1 + (n & 127)}`,
        network: 'lan',
        fixed_ip_address: `${lan}.${10 + f}`,
      };
    }
  }
  for (let f = 0; f < more; f += 1) {
    floatingIps[`more${f}`] = {
      floating_network: 'public',
      floating_ip_address: `172.24.250.${1 + f}`,
      network: 'lan',
      fixed_ip_address: `10.1.0.${100 + f}`,
    };
  }
  return stringify({
    name,
    physical_networks: { provider: {}, external: {} },
    nodes: {
      host: {
        reach: { via: 'lab' },
        nics: { eth1: { physical_network: 'provider' }, eth2: { physical_network: 'external' } },
      },
    },
    networks: {
      lan: { network_type: 'flat', physical_network: 'provider', subnets },
      public: {
        network_type: 'flat',
        physical_network: 'external',
        external: true,
        subnets: { public: { cidr: '172.24.0.0/16', enable_dhcp: false } },
      },
    },
    routers: routerMap,
    floating_ips: floatingIps,
  });
}
