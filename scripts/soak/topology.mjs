import { stringify } from 'yaml';

/** The files of the soak: one whole network, and the good and bad versions of it that are saved. */

/** What a save may change; each is on or off. */
export const CHOICES = /** @type {const} */ ([
  'floating-ip',
  'other-floating-ip',
  'port-forwarding',
  'rule',
  'route',
  'nameserver',
  'second-network',
]);
/** @typedef {ReadonlySet<(typeof CHOICES)[number]>} Choice */

/** The version with which the soak begins and ends, and whose expectations are tried. @type {Choice} */
export const FIRST = new Set(['floating-ip', 'port-forwarding', 'rule']);

/** Returns a good version. @param {string} name @param {Choice} choice */
export function versionOf(name, choice) {
  const has = choice.has.bind(choice);
  return stringify({
    name,
    dns_domain: 'example.net',
    physical_networks: { spare: {}, tenants: {}, uplink: {} },
    nodes: {
      node1: {
        reach: { via: 'lab' },
        nics: { eth0: { physical_network: 'uplink' }, eth1: { physical_network: 'tenants' } },
      },
      node2: {
        reach: { via: 'lab' },
        nics: { eth1: { physical_network: 'tenants' }, eth2: { physical_network: 'spare' } },
      },
    },
    networks: {
      inner: {
        physical_network: 'tenants',
        dhcp: { node: 'node1' },
        subnets: {
          'inner-v4': { cidr: '10.20.0.0/24', ...(has('nameserver') && { dns_nameservers: ['192.0.2.53'] }) },
        },
      },
      outer: {
        physical_network: 'uplink',
        external: true,
        subnets: { 'outer-v4': { cidr: '198.51.100.0/24', enable_dhcp: false } },
      },
      ...(has('second-network') && {
        second: {
          physical_network: 'spare',
          dhcp: { node: 'node2' },
          subnets: { 'second-v4': { cidr: '10.21.0.0/24' } },
        },
      }),
    },
    routers: {
      gw: {
        node: 'node1',
        external_gateway: { network: 'outer', fixed_ip_address: '198.51.100.10' },
        interfaces: { 'inner-v4': {} },
        ...(has('route') && { routes: [{ destination: '10.99.0.0/16', nexthop: '10.20.0.12' }] }),
      },
    },
    security_groups: {
      site: {
        rules: [
          { direction: 'ingress', protocol: 'icmp' },
          ...(has('rule') ? [{ direction: 'ingress', protocol: 'tcp', port_range_min: 80, port_range_max: 80 }] : []),
        ],
      },
      store: {
        default_rules: false,
        rules: [
          { direction: 'ingress', protocol: 'tcp', port_range_min: 5432, port_range_max: 5432, remote_group: 'site' },
        ],
      },
    },
    instances: {
      www: {
        node: 'node1',
        listen: [22, 80],
        ports: {
          eth0: { network: 'inner', fixed_ip_address: '10.20.0.11', security_groups: ['site'], dns_name: 'www' },
        },
        metadata: { hostname: 'www.example.net' },
      },
      sql: {
        node: 'node2',
        listen: [22, 5432],
        ports: { eth0: { network: 'inner', fixed_ip_address: '10.20.0.12', security_groups: ['store'] } },
      },
      far: {
        node: 'node2',
        listen: [22],
        ports: { eth0: { network: 'inner', fixed_ip_address: '10.20.0.13' } },
        metadata: {},
      },
    },
    floating_ips: {
      ...(has('floating-ip') && {
        www: { floating_network: 'outer', floating_ip_address: '198.51.100.20', instance: 'www' },
      }),
      ...(has('other-floating-ip') && {
        far: { floating_network: 'outer', floating_ip_address: '198.51.100.22', instance: 'far' },
      }),
      ...(has('port-forwarding') && {
        many: {
          floating_network: 'outer',
          floating_ip_address: '198.51.100.21',
          port_forwardings: [{ protocol: 'tcp', external_port: 8080, internal_port: 80, instance: 'www' }],
        },
      }),
    },
    hosts: {
      peer: { listen: [443], nics: { eth0: { physical_network: 'uplink', addresses: ['198.51.100.1/24'] } } },
    },
    // They are of the first version.
    ...([...FIRST].every(has) && {
      expect: [
        { from: 'peer', to: '198.51.100.20', protocol: 'tcp', port: 80 },
        { from: 'peer', to: '198.51.100.20', protocol: 'ping' },
        { from: 'peer', to: '198.51.100.21', protocol: 'tcp', port: 8080 },
        { from: 'peer', to: '198.51.100.20', protocol: 'tcp', port: 22, succeeds: false },
        { from: 'www', to: 'sql', protocol: 'tcp', port: 5432 },
        { from: 'far', to: 'sql', protocol: 'tcp', port: 5432, succeeds: false },
        { from: 'far', to: 'peer', protocol: 'tcp', port: 443, seen_as: '198.51.100.10' },
        { from: 'www', to: '169.254.169.254', protocol: 'tcp', port: 80 },
        { from: 'far', to: 'www', protocol: 'dns', name: 'www.example.net' },
      ],
    }),
  });
}

/**
 * Ways to make a file that must change nothing, each from a good one.
 * @type {Readonly<Record<string, (text: string) => string>>}
 */
export const MISTAKES = {
  'a wrong prefix': (text) => text.replace('10.20.0.0/24', '10.20.0.0/99'),
  'an unknown network': (text) => text.replace('network: inner', 'network: nowhere'),
  'no YAML': (text) => text.replace('networks:', 'networks: ['),
  'an empty file': () => '',
  'bytes of no text': (text) => text.replace('routers', '\u0000\u0001'),
  'nearly everything deleted': (text) => text.slice(0, text.indexOf('networks:\n  inner')),
};
