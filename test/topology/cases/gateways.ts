import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Gateways of routers and of subnets. */
export const GATEWAYS: readonly FaultCase[] = [
  [
    'NL683',
    'an SNAT address that the gateway has not',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.2.10, snat_ip_address: «192.0.2.12']),
  ],
  [
    'NL683',
    'an SNAT address of a gateway with a derived address',
    edited(['fixed_ip_address: 192.0.2.10', 'snat_ip_address: «192.0.2.12']),
  ],
  [
    'NL684',
    'a default route to a subnet of another network',
    edited(['fixed_ip_address: 192.0.2.10', 'default_route_subnet: «lan-subnet']),
  ],
  [
    'NL684',
    'a default route to a subnet without gateway',
    edited(
      ['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.2.10, default_route_subnet: «ext-subnet'],
      ['gateway_ip: 192.0.2.1,', 'gateway_ip: null,'],
    ),
  ],
  [
    'NL684',
    'a default route to a subnet that a route leads to',
    edited(
      ['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.2.10, default_route_subnet: «second'],
      ['    subnets:\n      ext-subnet', '    subnets:\n      second: { cidr: 198.51.100.0/24 }\n      ext-subnet'],
      ['destination: 10.8.0.0/16', 'destination: 198.51.100.0/24'],
    ),
  ],
  [
    'NL653',
    'a default route to a subnet without address, whose gateway is behind an interface',
    edited(
      ['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.2.10, default_route_subnet: second'],
      [
        '    subnets:\n      ext-subnet',
        '    subnets:\n      second: { cidr: 198.51.100.0/24, gateway_ip: 10.0.0.77 }\n      ext-subnet',
      ],
      ['lan-subnet: {}', '«lan-subnet: {}'],
    ),
  ],
  [
    'NL685',
    'an SNAT address without SNAT',
    edited([
      'fixed_ip_address: 192.0.2.10',
      'fixed_ip_address: 192.0.2.10, snat_ip_address: «192.0.2.10, enable_snat: false',
    ]),
  ],
  [
    'NL685',
    'a subnet for the default route beside a default route',
    edited(
      ['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: 192.0.2.10, default_route_subnet: «ext-subnet'],
      ['destination: 10.8.0.0/16', 'destination: 0.0.0.0/0'],
    ),
  ],
  [
    'NL307',
    'a gateway on an inner network',
    edited(
      [
        'external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n    interfaces:\n      lan-subnet: {}',
        'external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n    interfaces:\n      lan-subnet: ' +
          '{}\n  r2:\n    node: net1\n    external_gateway: { network: «lan }\n  r3:\n    node: net1',
      ],
      ['    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]\n', ''],
    ),
  ],
  [
    'NL308',
    'an external network without subnet',
    edited(
      ['networks:\n  lan:', 'networks:\n  «ext2: { physical_network: outer2, external: true }\n  lan:'],
      ['  outer: {}', '  outer: {}\n  outer2: {}'],
    ),
  ],
  ['NL406', 'a network address as gateway', edited(['gateway_ip: 192.0.2.1', 'gateway_ip: «192.0.2.0'])],
  [
    'NL406',
    'a gateway outside its subnet that is the broadcast address of another one',
    edited([
      '    subnets:\n      ext-subnet',
      '    subnets:\n      second: { cidr: 198.51.100.0/24, gateway_ip: «192.0.2.255 }\n      ext-subnet',
    ]),
  ],
  ['NL408', 'a gateway outside', edited(['gateway_ip: 10.0.0.1', 'gateway_ip: «10.0.3.1'])],
  [
    'NL405',
    'one of several gateway addresses outside',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: [192.0.2.10, «192.0.3.10]']),
  ],
  [
    'NL407',
    'one of several gateway addresses twice',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: [192.0.2.10, «192.0.2.10]']),
  ],
  [
    'NL430',
    'one gateway address beside several',
    edited(['fixed_ip_address: 192.0.2.10', 'fixed_ip_address: «192.0.2.10, fixed_ips: [192.0.2.20]']),
  ],
  ['NL115', 'no gateway address', edited(['fixed_ip_address: 192.0.2.10', 'fixed_ips: «[]'])],
  [
    'NL414',
    'an interface without address',
    edited(['gateway_ip: 10.0.0.1', 'gateway_ip: null'], ['      lan-subnet: {}', '      «lan-subnet: {}']),
  ],
  [
    'NL415',
    'a loopback gateway beyond its external subnet',
    edited(['gateway_ip: 192.0.2.1', 'gateway_ip: «127.0.0.1']),
  ],
  [
    'NL414',
    'an interface that cannot take a gateway address beyond its subnet',
    edited(
      [
        'ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1',
        'ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.3.1',
      ],
      ['    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }\n', ''],
      ['      lan-subnet: {}', '      lan-subnet: {}\n      «ext-subnet: {}'],
      ['  fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }', '  {}'],
    ),
  ],
];
