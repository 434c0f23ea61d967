import { ID_IN_CHAIN } from '../../compile/resolve/filter-collisions.ts';
import type { AddressPair, FilteredPort, ResolvedSecurityGroup, SecurityRule } from '../../compile/resolve/resolved.ts';
import type { Family } from '../../model/command.ts';
import type { Contribution } from '../../model/feature.ts';
import { linkLocalOf } from '../../net/ipv6.ts';
import type { Rulebook, RulesPlace } from '../shared/rules.ts';
import { ruleText } from './rule.ts';

/** The groups of a topology by their names. */
export type Groups = ReadonlyMap<string, ResolvedSecurityGroup>;

/** How frames for a port come to it: the device of the bridge by which they do. */
export interface Entry {
  readonly entry: string;
  /** Whether connections through it are followed. */
  readonly tracked: boolean;
}

/** The chains of a filtered port in one family. */
export function portRules(
  book: Rulebook,
  port: FilteredPort,
  { entry, tracked }: Entry,
  groups: Groups,
): readonly Contribution[] {
  const { node, origin, tap, id, security } = port;
  const place: RulesPlace = { node, netns: null, origin };
  const variables = { port: id.slice(0, ID_IN_CHAIN), tap };
  const own = security.groups.map((name) => groups.get(name)).filter((group) => group !== undefined);
  const pairs = sourcesOf(security.pairs, book.family);
  const rules = rulesOf(own, book.family);
  const texts = (direction: SecurityRule['direction']): readonly string[] => [
    ...new Set(rules.filter((rule) => rule.direction === direction).map((rule) => ruleText(rule, idIn(groups)))),
  ];
  const fill = book.fill.bind(book);
  return [
    ...fill('port', variables, place),
    ...fill('opening', variables, place),
    ...(pairs.length === 0 ? [] : fill('spoofing', variables, place)),
    ...pairs.flatMap(({ mac, cidr }) => {
      const source = cidr.endsWith('/0') ? '' : `-s ${cidr} `;
      return fill('pairs', { ...variables, source, mac }, place);
    }),
    ...fill('verified', variables, place),
    ...(own.some(({ stateful }) => stateful) || own.length === 0 ? fill('established', variables, place) : []),
    ...[...port.fixedIps.map(({ address }) => address), '255.255.255.255'].flatMap((address) =>
      fill('dhcp-answers', { ...variables, address }, place),
    ),
    ...texts('ingress').flatMap((rule) => fill('ingress', { ...variables, rule }, place)),
    ...texts('egress').flatMap((rule) => fill('egress', { ...variables, rule }, place)),
    ...fill('closing', variables, place),
    ...fill(tracked ? 'zone' : 'untracked', { ...variables, entry, short: shortOf(tap) }, place),
  ];
}

/** The pair of rules that lets all of an unfiltered port through. */
export function unfilteredRules(
  book: Rulebook,
  { node, tap, origin }: Pick<FilteredPort, 'node' | 'tap' | 'origin'>,
  slot: 'unfiltered' | 'trusted',
): readonly Contribution[] {
  return book.fill(slot, { tap }, { node, netns: null, origin });
}

/**
 * Addresses and MACs a port may send from. What it says of its neighbours over IPv6 comes from the link-local address of its MAC (Neutron:
 * `_build_ipv4v6_mac_ip_list`).
 */
function sourcesOf(pairs: readonly AddressPair[], family: Family): readonly Pick<AddressPair, 'mac' | 'cidr'>[] {
  const own = pairs.filter((pair) => pair.family === family);
  if (family === 4) return own;
  const all = own.flatMap(({ mac, cidr }) => [
    { mac, cidr },
    { mac, cidr: linkLocalOf(mac) },
  ]);
  return all.filter((one, at) => all.findIndex(({ mac, cidr }) => mac === one.mac && cidr === one.cidr) === at);
}

/** What the agents call a port in a comment: its device without the first four letters. */
function shortOf(tap: string): string {
  return tap.slice(4);
}

function rulesOf(groups: readonly ResolvedSecurityGroup[], family: Family): readonly SecurityRule[] {
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.family === family));
}

function idIn(groups: Groups): (name: string) => string {
  return (name) => {
    const id = groups.get(name)?.id;
    if (id === undefined) throw new Error(`a rule names the security group ${name}, which is not there`);
    return id;
  };
}
