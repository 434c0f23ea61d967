import type { RawLink } from '../../kernel/probes/ip.ts';
import { isDaemon } from '../../kernel/netlink/protocols.ts';
import { connectedTo } from '../../kernel/links/connected.ts';
import type { Disturbance, Ref } from '../../model/resource.ts';
import { familyOfText } from '../../net/address-text.ts';
import { addressRef } from '../address/spec.ts';
import { ROUTE, type RouteSpec } from './spec.ts';
import { describe } from './words.ts';

const EFFECTS: Readonly<Record<string, string>> = {
  local: 'delivers to the namespace itself the traffic to',
  blackhole: 'drops the traffic to',
  unreachable: 'refuses the traffic to',
  prohibit: 'refuses the traffic to',
};

/** A foreign route of a namespace of ours. */
interface ForeignRoute {
  readonly node: string;
  readonly netns: string;
  readonly name: string;
  readonly spec: RouteSpec;
}

/** Returns how a foreign route of a namespace of ours disturbs traffic; `undefined` for that of a routing daemon. */
export function disturbanceOf(route: ForeignRoute, links: readonly RawLink[]): Disturbance | undefined {
  const { name, spec } = route;
  if (isDaemon(spec.protocol)) return undefined;
  const [destination = '', ...suffixes] = name.split(/[@~]/);
  const { type = 'unicast' } = spec.attributes ?? {};
  const selectors = suffixes.filter((suffix) => suffix.includes('=')).map((suffix) => suffix.replace('=', ' '));
  const words = [type === 'unicast' ? '' : type, destination, describe(spec).replace(',', ''), ...selectors];
  return {
    what: ['route', ...words, 'proto', spec.protocol].filter((word) => word !== '').join(' '),
    why: `${EFFECTS[type] ?? 'takes the traffic to'} ${destination}`,
    blocks: selectors.length > 0 ? [] : [...rivals(route, destination, links)],
  };
}

/** Lists what a route of the main table takes the place of: a route of ours, or an address's own route. */
function* rivals({ node, netns, spec }: ForeignRoute, destination: string, links: readonly RawLink[]): Iterable<Ref> {
  const isIpv6 = familyOfText(destination) === 6;
  if (spec.metric === 0) yield { node, netns, kind: ROUTE, name: destination };
  if (spec.metric > (isIpv6 ? 256 : 0)) return;
  for (const { ifname, addr_info: addresses = [] } of links) {
    for (const raw of addresses) {
      if (connectedTo(raw) === destination)
        yield addressRef({ node, netns, device: ifname }, `${raw.local ?? ''}/${String(raw.prefixlen)}`);
    }
  }
}
