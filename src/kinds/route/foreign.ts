import type { Disturbance } from '../../model/resource.ts';
import type { RouteSpec } from './spec.ts';
import { describe } from './words.ts';

/**
 * Protocols of routing daemons (rtnetlink.h; `ip` prints a number where its table has no name). A daemon in a namespace
 * of ours was set up on purpose, and it would add its routes again.
 */
const DAEMONS: ReadonlySet<string> = new Set([
  ...['gated', 'mrt', 'zebra', 'bird', 'dnrouted', 'xorp', 'ntk', 'mrouted', 'keepalived', 'babel', 'openr', 'bgp'],
  ...['isis', 'ospf', 'rip', 'eigrp'],
  ...['8', '10', '11', '12', '13', '14', '15', '17', '18', '42', '186', '187', '188', '189', '192'],
]);

const EFFECTS: Readonly<Record<string, string>> = {
  local: 'delivers to the namespace itself the traffic to',
  blackhole: 'drops the traffic to',
  unreachable: 'refuses the traffic to',
  prohibit: 'refuses the traffic to',
};

/** Returns how a foreign route of a namespace of ours disturbs traffic; `undefined` for that of a routing daemon. */
export function disturbanceOf(name: string, spec: RouteSpec): Disturbance | undefined {
  if (DAEMONS.has(spec.protocol)) return undefined;
  const [key = ''] = name.split('#');
  const [destination = '', ...suffixes] = key.split(/[@~]/);
  const { type = 'unicast' } = spec.attributes ?? {};
  const selectors = suffixes.filter((suffix) => suffix.includes('=')).map((suffix) => suffix.replace('=', ' '));
  const words = [type === 'unicast' ? '' : type, destination, describe(spec).replace(',', ''), ...selectors];
  return {
    what: ['route', ...words, 'proto', spec.protocol].filter((word) => word !== '').join(' '),
    why: `${EFFECTS[type] ?? 'takes the traffic to'} ${destination}`,
  };
}
