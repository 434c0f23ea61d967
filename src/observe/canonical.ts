import { IPSET } from '../kinds/ipset/spec.ts';
import { CHAIN } from '../kinds/chain/spec.ts';
import { shellQuote } from '../hosts/quote.ts';
import type { ChainSpec } from '../kinds/chain/spec.ts';
import type { IpsetSpec } from '../kinds/ipset/spec.ts';
import { parseIptablesSave, type SavedTables } from '../kernel/netfilter/iptables-save.ts';
import type { Change } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Shell } from '../model/host.ts';
import { addressOf, type Address, type Resource } from '../model/resource.ts';

interface Doubtful {
  readonly resource: Resource<ChainSpec>;
  readonly table: string;
  readonly chain: string;
}

/**
 * Chains whose rules differ although they are as many as wanted: it may be only how this node's iptables writes them (another version,
 * no /etc/protocols).
 */
function doubtful(changes: readonly Change[], node: string): Map<string, Doubtful[]> {
  const groups = new Map<string, Doubtful[]>();
  for (const change of changes) {
    if (change.node !== node || change.kind !== CHAIN || change.action !== 'update') continue;
    const resource = change.desired as Resource<ChainSpec>;
    const seen = change.observed?.spec as ChainSpec;
    if (seen.rules.length !== resource.spec.rules.length) continue;
    const [family = '4', table = '', chain = ''] = change.name.split('/');
    const key = `${change.netns ?? '-'} ${family}`;
    groups.set(key, [...(groups.get(key) ?? []), { resource, table, chain }]);
  }
  return groups;
}

function restoreInput(chains: readonly Doubtful[]): string {
  const tables = new Map<string, { declared: Set<string>; rules: string[] }>();
  for (const { resource, table, chain } of chains) {
    const entry = tables.get(table) ?? { declared: new Set<string>(), rules: [] };
    tables.set(table, entry);
    if (!resource.spec.builtin) entry.declared.add(chain);
    for (const rule of resource.spec.rules) {
      const target = / -[jg] ((?:neutron|quantum)-\S+)/.exec(` ${rule}`)?.[1];
      if (target !== undefined) entry.declared.add(target);
      entry.rules.push(`-A ${chain} ${rule}`);
    }
  }
  return [...tables]
    .map(([table, { declared, rules }]) =>
      [`*${table}`, ...[...declared].map((c) => `:${c} - [0:0]`), ...rules, 'COMMIT'].join('\n'),
    )
    .join('\n');
}

/** Empty sets with the names that the rules match: iptables takes no rule that names a set that is not there. */
function setsInput(graph: DesiredGraph, node: string, rules: string): string {
  return [...graph.resources.values()]
    .filter((one) => one.node === node && one.kind === IPSET && rules.includes(`-set ${one.name} `))
    .map(({ name, spec }) => `create ${name} hash:net family ${(spec as IpsetSpec).family === 6 ? 'inet6' : 'inet'}`)
    .join('\n');
}

/**
 * The graph with the rules of doubtful chains in the node's own words: what its iptables saves after it was given them, in a
 * namespace that is thrown away. The same graph when no chain is in doubt.
 */
export async function inNodesWords(
  graph: DesiredGraph,
  changes: readonly Change[],
  shell: Shell,
): Promise<DesiredGraph> {
  const groups = doubtful(changes, shell.node);
  if (groups.size === 0) return graph;
  const resources = new Map<Address, Resource>(graph.resources);
  for (const [key, chains] of groups) {
    const prefix = key.endsWith(' 6') ? 'ip6tables' : 'iptables';
    const input = restoreInput(chains);
    const sets = setsInput(graph, shell.node, input);
    const made = sets === '' ? '' : `printf '%s\\n' ${shellQuote(sets)} | ipset restore && `;
    const inside = `${made}printf '%s\\n' ${shellQuote(input)} | ${prefix}-restore && ${prefix}-save`;
    // If this fails, the same rules will fail where they are wanted, and that is told with its place.
    const saved: SavedTables = parseIptablesSave(
      await shell.read(`unshare -n sh -c ${shellQuote(inside)} 2>/dev/null; :`),
    );
    for (const { resource, table, chain } of chains) {
      const rules = saved.get(table)?.get(chain)?.rules;
      if (rules?.length !== resource.spec.rules.length) continue;
      resources.set(addressOf(resource), { ...resource, spec: { ...resource.spec, rules } });
    }
  }
  return { ...graph, resources };
}
