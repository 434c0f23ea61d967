import { withHostLength } from '../../net/address-text.ts';
import type { SecurityRule } from '../../resolve/resolved-security.ts';
import type { FilteredPort } from '../../resolve/resolved.ts';
import type { Contribution } from '../../model/feature.ts';
import type { Origin } from '../../model/resource.ts';
import type { Rulebook, RulesLocation } from '../rules/rulebook.ts';
import type { Allowed } from './rule.ts';

/** The device of the bridge by which frames for a port arrive. */
export interface Entry {
  readonly entry: string;
  /** Whether its connections are tracked. */
  readonly tracked: boolean;
}

/** The chains of a filtered port in one family; `allowed` are the rules of each group. */
export function portRules(
  book: Rulebook,
  port: FilteredPort,
  { entry, tracked }: Entry,
  allowed: ReadonlyMap<string, Allowed>,
): readonly Contribution[] {
  const { node, origin, tap, security } = port;
  const place: RulesLocation = { node, netns: null, origin };
  const variables = { port: security.chain, tap };
  const pairs = security.sources.filter(({ family }) => family === book.family);
  const fill = book.fill.bind(book);
  const ofGroups = (direction: SecurityRule['direction']): readonly Contribution[] =>
    rulesOfGroups(security.groups, allowed, direction).flatMap(({ rules, origin: from }) =>
      book.fillEach(direction, variables, rules, { ...place, origin: from }),
    );
  return [
    ...fill('port', variables, place),
    ...fill('opening', variables, place),
    ...(pairs.length === 0 ? [] : fill('spoofing', variables, place)),
    ...pairs.flatMap(({ mac, cidr }) => {
      const source = cidr.endsWith('/0') ? '' : `-s ${cidr} `;
      return fill('pairs', { ...variables, source, mac }, place);
    }),
    ...fill('verified', variables, place),
    ...(security.stateful ? fill('established', variables, place) : []),
    ...dhcpDestinations(port, book.family).flatMap((destination) => answersRules(book, port, destination)),
    ...ofGroups('ingress'),
    ...ofGroups('egress'),
    ...fill('closing', variables, place),
    ...fill(tracked ? 'zone' : 'untracked', { ...variables, entry, short: shortOf(tap) }, place),
  ];
}

/** The rules of a port's groups, each once: that of the first group that has it. */
function rulesOfGroups(
  groups: readonly string[],
  allowed: ReadonlyMap<string, Allowed>,
  direction: SecurityRule['direction'],
): readonly { readonly rules: readonly string[]; readonly origin: Origin }[] {
  const known = new Set<string>();
  return groups.flatMap((name) => {
    const group = allowed.get(name);
    if (group === undefined) return [];
    const rules = group[direction].filter((rule) => known.size < known.add(rule).size);
    return [{ rules, origin: group.origin }];
  });
}

/**
 * The destinations of a DHCP server's answers: the port's addresses and broadcast; over IPv6 any link-local address
 * (Neutron: `_add_ingress_dhcp_rule`).
 */
function dhcpDestinations({ fixedIps }: FilteredPort, family: Rulebook['family']): readonly string[] {
  if (family === 6) return ['fe80::/64'];
  return [...fixedIps.map(({ address }) => address), '255.255.255.255'].map(withHostLength);
}

/** The rule that accepts a DHCP server's answer to this destination, for a port. */
export function answersRules(book: Rulebook, port: FilteredPort, destination: string): readonly Contribution[] {
  const { node, origin, tap, security } = port;
  return book.fill('dhcp-answers', { port: security.chain, tap, destination }, { node, netns: null, origin });
}

/** The two rules that accept all traffic of an unfiltered port. */
export function unfilteredRules(
  book: Rulebook,
  { node, tap, origin }: Pick<FilteredPort, 'node' | 'tap' | 'origin'>,
  slot: 'unfiltered' | 'trusted',
): readonly Contribution[] {
  return book.fill(slot, { tap }, { node, netns: null, origin });
}

/** The port's name in comments of rules: its device without the first four letters, as in Neutron. */
function shortOf(tap: string): string {
  return tap.slice(4);
}
