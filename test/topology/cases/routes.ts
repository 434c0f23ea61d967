import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { switched } from './edits.ts';

/** The outside host with a route. */
function listening(nexthop: string, destination = '0.0.0.0/0'): readonly [from: string, to: string] {
  return ['    listen: [80]\n', `    listen: [80]\n    routes: [{ destination: ${destination}, ${nexthop} }]\n`];
}

/** A second external subnet. */
const MORE_OUTSIDE = [
  '192.0.2.1, enable_dhcp: false }\n',
  '192.0.2.1, enable_dhcp: false }\n      more: { cidr: 198.51.100.0/24, enable_dhcp: false }\n',
] as const;

/** Static routes. */
export const ROUTES: readonly FaultCase[] = [
  ['NL401', 'a destination with host bits', edited(['destination: 10.8.0.0/16', 'destination: «10.8.0.1/16'])],
  ['NL413', 'a next hop far away', edited(['nexthop: 10.0.0.8', 'nexthop: «10.7.0.8'])],
  ['NL413', 'a next hop that is the router', edited(['nexthop: 10.0.0.8', 'nexthop: «10.0.0.1'])],
  ['NL413', 'a next hop that is a floating IP of the router', edited(['nexthop: 10.0.0.8', 'nexthop: «192.0.2.11'])],
  ['NL413', 'a next hop that is the host itself', edited(listening('nexthop: «192.0.2.1'))],
  ['NL413', 'a next hop for hosts outside their subnet', edited(['nexthop: 10.0.0.9', 'nexthop: «10.7.0.9'])],
  ['NL413', 'a next hop outside the networks of a host', edited(listening('nexthop: «10.0.0.1'))],
  ['NL415', 'a multicast destination', edited(['destination: 10.8.0.0/16', 'destination: «224.0.0.0/16'])],
  ['NL415', 'a loopback destination', edited(['destination: 10.8.0.0/16', 'destination: «127.1.0.0/16'])],
  ['NL650', 'a next hop that is a broadcast address', edited(['nexthop: 10.0.0.8', 'nexthop: «10.0.0.255'])],
  ['NL650', 'a next hop that is a network address', edited(['nexthop: 10.0.0.8', 'nexthop: «10.0.0.0'])],
  ['NL650', 'a broadcast address as the next hop of a host', edited(listening('nexthop: «192.0.2.255'))],
  ['NL650', 'a network address as the next hop of guests', edited(['nexthop: 10.0.0.9', 'nexthop: «10.0.0.0'])],
  [
    'NL651',
    'a next hop in a network that a route leads to',
    edited(MORE_OUTSIDE, [
      'nexthop: 10.0.0.8 }',
      'nexthop: «198.51.100.8 }, { destination: 198.51.100.0/24, nexthop: 10.0.0.9 }',
    ]),
  ],
  ['NL652', 'a route to an interface', edited(['destination: 10.8.0.0/16', 'destination: «10.0.0.0/24'])],
  ['NL652', 'a route to the gateway’s network', edited(['destination: 10.8.0.0/16', 'destination: «192.0.2.0/24'])],
  [
    'NL652',
    'a route to the gateway’s only network, its address being derived',
    edited(['destination: 10.8.0.0/16', 'destination: «192.0.2.0/24'], [', fixed_ip_address: 192.0.2.10', '']),
  ],
  ['NL652', 'a route to the network of a host', edited(listening('nexthop: 192.0.2.10', '«192.0.2.0/24'))],
  [
    'NL652',
    'a route to a network of the node that the router shares',
    switched(
      ['  net1:\n', '  net1:\n    use_namespaces: false\n'],
      ['addresses: [192.0.2.2/24]', 'addresses: [10.8.7.6/16]'],
      ['destination: 10.8.0.0/16', 'destination: «10.8.0.0/16'],
    ),
  ],
  [
    'NL652',
    'a route to a gateway outside its subnet',
    edited(
      ['gateway_ip: 192.0.2.1', 'gateway_ip: 198.51.100.1'],
      ['destination: 10.8.0.0/16', 'destination: «198.51.100.1/32'],
    ),
  ],
  [
    'NL653',
    'a gateway in a subnet behind the router',
    edited(['gateway_ip: 192.0.2.1', 'gateway_ip: 10.0.0.77'], ['      lan-subnet: {}', '      «lan-subnet: {}']),
  ],
  ['NL654', 'a host route to the subnet itself', edited(['destination: 10.9.0.0/16', 'destination: «10.0.0.0/24'])],
  [
    'NL631',
    'a host route to everywhere beside a gateway',
    edited(['{ destination: 10.9.0.0/16', '«{ destination: 0.0.0.0/0']),
  ],
  [
    'NL416',
    'a destination twice',
    edited(['nexthop: 10.0.0.8 }', 'nexthop: 10.0.0.8 }, { destination: «10.8.0.0/16, nexthop: 10.0.0.8 }']),
  ],
  [
    'NL416',
    'a host route twice',
    edited(['nexthop: 10.0.0.9 }', 'nexthop: 10.0.0.9 }, { destination: «10.9.0.0/16, nexthop: 10.0.0.9 }']),
  ],
];
