import { kindWord } from '../../src/model/resource.ts';
import type { ChainSpec } from '../../src/kinds/chain/spec.ts';
import { BUILTIN_CHAINS } from '../../src/kinds/chain/spec.ts';
import { topologyOf } from '../../src/kernel/netfilter/table-mark.ts';
import { withZones } from '../../src/kinds/chain/zones.ts';
import type { Resource } from '../../src/model/resource.ts';

type Tables = Map<string, Map<string, readonly string[]>>;

/** Returns these chains as `iptables-save` prints them: tables sorted by name, counters zero. */
export function saveText(chains: readonly Resource[], family: 4 | 6): string {
  return [...tablesOf(chains, family)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([table, rules]) => {
      const policies = (BUILTIN_CHAINS[table] ?? []).map((chain) => `:${chain} ACCEPT [0:0]`);
      const own = ownChains(table, rules).map((chain) => `:${chain} - [0:0]`);
      return [`*${table}`, ...policies, ...own, ...appends(table, rules), 'COMMIT', ''].join('\n');
    })
    .join('');
}

/** Sorts the tables of real output of `iptables-save` by name. */
export function sortedSaveText(text: string): string {
  return text
    .split(/^(?=\*)/m)
    .sort()
    .join('');
}

/** Returns these chains as `iptables -t TABLE -S` prints them. */
export function listText(chains: readonly Resource[], table: string): string {
  const rules = tablesOf(chains, 4).get(table) ?? new Map<string, readonly string[]>();
  const policies = (BUILTIN_CHAINS[table] ?? []).map((chain) => `-P ${chain} ACCEPT`);
  const own = ownChains(table, rules).map((chain) => `-N ${chain}`);
  return [...policies, ...own, ...appends(table, rules), ''].join('\n');
}

function tablesOf(chains: readonly Resource[], family: 4 | 6): Tables {
  const tables: Tables = new Map();
  for (const { kind, name, spec } of chains) {
    if (kindWord(kind) !== 'chain') continue;
    const [of, table = '', chain = ''] = name.split('/');
    if (of !== String(family)) continue;
    const known = tables.get(table) ?? new Map<string, readonly string[]>();
    if (topologyOf(chain) !== undefined) continue;
    // The zones of a node without any rules.
    tables.set(table, known.set(chain, withZones((spec as ChainSpec).rules, [])));
  }
  return tables;
}

function ownChains(table: string, rules: ReadonlyMap<string, readonly string[]>): string[] {
  return [...rules.keys()].filter((chain) => !BUILTIN_CHAINS[table]?.includes(chain)).sort();
}

function appends(table: string, rules: ReadonlyMap<string, readonly string[]>): string[] {
  const order = [...(BUILTIN_CHAINS[table] ?? []), ...ownChains(table, rules)];
  return order.flatMap((chain) => (rules.get(chain) ?? []).map((rule) => `-A ${chain} ${rule}`));
}
