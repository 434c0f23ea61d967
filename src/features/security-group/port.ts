import type { FilteredPort } from '../../resolve/resolved.ts';
import type { Contribution } from '../../model/feature.ts';
import type { Rulebook, RulesLocation } from '../rules/rulebook.ts';
import type { Allowed } from './rule.ts';

/** How frames for a port come to it: the device of the bridge by which they do. */
export interface Entry {
  readonly entry: string;
  /** Whether connections through it are followed. */
  readonly tracked: boolean;
}

/** The chains of a filtered port in one family; `allowed` is what each group allows there. */
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
  const texts = (direction: keyof Allowed): readonly string[] => [
    ...new Set(security.groups.flatMap((name) => allowed.get(name)?.[direction] ?? [])),
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
    ...(security.stateful ? fill('established', variables, place) : []),
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

/** What the agents call a port in a comment: its device without the first four letters. */
function shortOf(tap: string): string {
  return tap.slice(4);
}
