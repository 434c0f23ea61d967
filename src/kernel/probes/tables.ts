import type { NamespaceProbe } from '../../model/probe.ts';
import type { Tables } from '../../model/state.ts';

const NO_NFT = 'no nft';

/** A shell tells by these exit codes that there is no such program, or that it cannot be run. */
const WITHOUT_NFT = `nft -s list ruleset >/dev/null 2>&1; [ $? -ge 126 ] && echo '${NO_NFT}'`;

/** Multicast groups that a device listens to, which are no entries of a bridge. */
const GROUP = /^(?:33:33|01:00:5e):/;

type Probes = { readonly [Table in keyof Tables]: NamespaceProbe<Tables[Table]> };

/** What each table is read with, in the node's own namespace and in ours. */
export const TABLE_PROBES: Probes = {
  nftables: {
    id: 'nftables-ruleset',
    scope: 'marked',
    // The second one tells that there is no nft(8); one that fails is an error.
    read: { attempts: [[['nft', '-s', 'list', 'ruleset']], [['sh', '-c', WITHOUT_NFT]]] },
    parse: nftables,
  },
  rules: {
    id: 'rule-lines',
    scope: 'marked',
    read: { attempts: [[ip('-4', 'rule'), ip('-6', 'rule')]] },
    parse: (text) => linesOf(text).map((line) => line.replace('\t', ' ')),
  },
  routes: {
    id: 'route-lines',
    scope: 'marked',
    read: {
      attempts: [
        [
          [...ip('-4', 'route'), 'table', 'all'],
          [...ip('-6', 'route'), 'table', 'all'],
        ],
      ],
    },
    parse: (text) => linesOf(text).map(withoutTimes).sort(),
  },
  neighbours: {
    id: 'neighbour-lines',
    scope: 'marked',
    read: {
      attempts: [
        [
          [...ip('-4', 'neigh'), 'nud', 'permanent'],
          [...ip('-6', 'neigh'), 'nud', 'permanent'],
        ],
      ],
    },
    parse: (text) => linesOf(text).sort(),
  },
  fdb: {
    id: 'fdb-lines',
    scope: 'marked',
    read: { attempts: [[['bridge', 'fdb', 'show']]] },
    parse: (text) =>
      linesOf(text)
        .filter((line) => / (?:permanent|static)(?: |$)/.test(line) && !GROUP.test(line))
        .sort(),
  },
};

function ip(family: '-4' | '-6', table: string): readonly string[] {
  return ['ip', family, table, 'show'];
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trimEnd()]));
}

/** A route that was learnt from a router has its lifetime. */
function withoutTimes(route: string): string {
  return route.replace(/ expires \d+sec\b/, '');
}

/** Returns the lines of the tables in the order of the tables' names: nft(8) lists the oldest one first. */
function nftables(text: string): readonly string[] | null {
  if (text.trim() === NO_NFT) return null;
  const tables: string[][] = [];
  for (const line of linesOf(text)) {
    // iptables-nft's tables have a warning before them, and nft(8) prints no other comment at the margin.
    if (line.startsWith('#')) continue;
    if (line.startsWith('table ')) tables.push([]);
    const table = tables.at(-1);
    if (!table) throw new Error('it does not begin with a table');
    table.push(line);
  }
  return tables.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).flat();
}
