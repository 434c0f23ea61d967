import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Static routes. */
export const ROUTES: readonly FaultCase[] = [
  ['NL401', 'a destination with host bits', edited(['destination: 10.8.0.0/16', 'destination: «10.8.0.1/16'])],
  ['NL413', 'a next hop far away', edited(['nexthop: 10.0.0.8', 'nexthop: «10.7.0.8'])],
  ['NL413', 'a next hop that is the router', edited(['nexthop: 10.0.0.8', 'nexthop: «10.0.0.1'])],
  ['NL413', 'a next hop for hosts outside their subnet', edited(['nexthop: 10.0.0.9', 'nexthop: «10.7.0.9'])],
  [
    'NL413',
    'a next hop outside the networks of a host',
    edited(['    listen: [80]\n', '    listen: [80]\n    routes: [{ destination: 0.0.0.0/0, nexthop: «10.0.0.1 }]\n']),
  ],
  ['NL415', 'a multicast destination', edited(['destination: 10.8.0.0/16', 'destination: «224.0.0.0/16'])],
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
];
