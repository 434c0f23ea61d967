import { edited, forwarding } from '../support.ts';
import type { FaultCase } from './case.ts';

const SECOND: [string, string] = [
  'instances:',
  `  r2:
    node: net1
    external_gateway: { network: ext }
    interfaces: { lan-subnet: { fixed_ip_address: 10.0.0.8 } }
instances:`,
];
const NO_ROUTES: [string, string] = ['    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]\n', ''];

/** Floating IPs and their targets. */
export const FLOATING_IPS: readonly FaultCase[] = [
  ['NL205', 'an unknown instance', edited(['instance: vm1', 'instance: «vm2'])],
  ['NL205', 'an instance named as a property of every object', edited(['instance: vm1', 'instance: «toString'])],
  ['NL206', 'an unknown port', edited(['instance: vm1', 'instance: vm1, port: «eth1'])],
  [
    'NL206',
    'an instance without port',
    edited(
      ['hosts:', '  fip2: { floating_network: ext, instance: «vm2 }\nhosts:'],
      ['floating_ips:', '  vm2: { node: com1 }\nfloating_ips:'],
    ),
  ],
  [
    'NL311',
    'a floating network that is not external',
    edited(
      ['hosts:', '  fip2: { floating_network: «lan, instance: vm2 }\nhosts:'],
      ['floating_ips:', '  vm2: { node: com1, ports: { e: { network: lan } } }\nfloating_ips:'],
    ),
  ],
  [
    'NL312',
    'a router without gateway',
    edited(['    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n', ''], ['  fip1:', '  «fip1:']),
  ],
  [
    'NL312',
    'a router without interface',
    edited(
      ['      lan-subnet: {}\n    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]', '      {}'],
      ['  fip1:', '  «fip1:'],
    ),
  ],
  [
    'NL313',
    'one of several ports',
    edited(['instance: vm1', 'instance: «vm1'], ['floating_ips:', '      eth1: { network: lan }\nfloating_ips:']),
  ],
  [
    'NL314',
    'two floating IPs for one port',
    edited(['hosts:', '  «fip2: { floating_network: ext, instance: vm1 }\nhosts:']),
  ],
  [
    'NL318',
    'a floating IP without a target',
    edited(['hosts:', '  «fip2: { floating_network: ext, fixed_ip_address: 10.0.0.77 }\nhosts:']),
  ],
  ['NL318', 'a floating IP for an instance and a network', edited(['instance: vm1', 'instance: vm1, network: «lan'])],
  [
    'NL202',
    'a floating IP for an address on an unknown network',
    edited(['hosts:', '  fip2: { floating_network: ext, network: «lam, fixed_ip_address: 10.0.0.77 }\nhosts:']),
  ],
  [
    'NL312',
    'a floating IP for an address without a router',
    edited(['hosts:', '  «fip2: { floating_network: ext, network: ext, fixed_ip_address: 192.0.2.77 }\nhosts:']),
  ],
  ['NL405', 'a floating IP outside', edited(['floating_ip_address: 192.0.2.11', 'floating_ip_address: «192.0.3.11'])],
  [
    'NL407',
    "a host with a floating IP's address",
    edited(['addresses: [192.0.2.1/24]', 'addresses: [192.0.2.1/24, «192.0.2.11/24]']),
  ],
  [
    'NL407',
    'a floating IP with the gateway address',
    edited(
      ['addresses: [192.0.2.1/24]', 'addresses: []'],
      ['floating_ip_address: 192.0.2.11', 'floating_ip_address: «192.0.2.1'],
      ['  - { from: vm1, to: 192.0.2.1, protocol: tcp, port: 80, seen_as: 192.0.2.11 }\n', ''],
    ),
  ],
  ['NL417', 'not the address of the port', edited(['instance: vm1', 'instance: vm1, fixed_ip_address: «10.0.0.12'])],
  [
    'NL314',
    'two floating IPs for one address on two routers',
    edited(SECOND, NO_ROUTES, ['hosts:', '  «fip2: { floating_network: ext, instance: vm1, router: r2 }\nhosts:']),
  ],
  ['NL680', 'an unknown router', edited(['instance: vm1', 'instance: vm1, router: «r3'])],
  [
    'NL681',
    'a router without an interface on the subnet',
    edited(
      ['instances:', '  r2: { node: net1, external_gateway: { network: ext } }\ninstances:'],
      ['instance: vm1', 'instance: vm1, router: «r2'],
    ),
  ],
  [
    'NL681',
    'a router without a gateway, for two port forwardings',
    forwarding(
      '{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }',
      '{ protocol: tcp, external_port: 2, internal_port: 2, internal_ip_address: 10.0.0.11 }',
    )
      .replace('    port_forwardings:', '    router: «r2\n    port_forwardings:')
      .replace(
        'instances:',
        '  r2: { node: net1, interfaces: { lan-subnet: { fixed_ip_address: 10.0.0.7 } } }\ninstances:',
      ),
  ],
  [
    'NL682',
    'two routers, neither of them the gateway',
    edited(
      SECOND,
      NO_ROUTES,
      ['lan-subnet: {}', 'lan-subnet: { fixed_ip_address: 10.0.0.7 }'],
      ['  fip1:', '  «fip1:'],
    ),
  ],
  [
    'NL314',
    'two floating IPs for one address, by its port and by its network',
    edited(['hosts:', '  «fip2: { floating_network: ext, network: lan, fixed_ip_address: 10.0.0.11 }\nhosts:']),
  ],
];
