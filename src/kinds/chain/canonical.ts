import type { Change } from '../../model/change.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { CanonicalForm } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { parseIptablesSave } from '../../kernel/netfilter/saved-tables.ts';
import { ipsetsOf } from '../ipset/spec.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

/**
 * Returns the chains whose rules differ although their number does not: it may be only how this node's iptables writes
 * them (another version, no /etc/protocols). iptables is given the desired rules, one namespace and IP version at a
 * time, and saves them in its own writing.
 */
export function* canonicalFormsOf(changes: readonly Change[], desired: DesiredGraph): Iterable<CanonicalForm> {
  for (const chains of doubtful(changes).values()) {
    const [first] = chains;
    if (!first) continue;
    const prefix = parseChainName(first.name).family === 6 ? 'ip6tables' : 'iptables';
    const input = restoreInput(chains);
    const sets = setsInput(desired, first.node, input);
    yield {
      programs: [
        ...(sets === '' ? [] : [{ argv: ['ipset', 'restore'], input: sets }]),
        { argv: [`${prefix}-restore`], input },
        { argv: [`${prefix}-save`] },
      ],
      *read(output) {
        const saved = parseIptablesSave(output);
        for (const resource of chains) {
          const { table, chain } = parseChainName(resource.name);
          const rules = saved.get(table)?.get(chain)?.rules;
          if (rules?.length === resource.spec.rules.length) yield { ...resource, spec: { ...resource.spec, rules } };
        }
      },
    };
  }
}

function doubtful(changes: readonly Change[]): ReadonlyMap<string, readonly Resource<ChainSpec>[]> {
  const groups = new Map<string, Resource<ChainSpec>[]>();
  for (const { action, netns, name, desired, observed } of changes) {
    if (action !== 'update') continue;
    const resource = desired as Resource<ChainSpec>;
    const seen = observed?.spec as ChainSpec;
    if (seen.rules.length !== resource.spec.rules.length) continue;
    if (seen.rules.every((rule, i) => rule === resource.spec.rules[i])) continue;
    const key = `${netns ?? '-'} ${String(parseChainName(name).family)}`;
    groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  return groups;
}

function restoreInput(chains: readonly Resource<ChainSpec>[]): string {
  const tables = new Map<string, { declared: Set<string>; rules: string[] }>();
  for (const { name, spec } of chains) {
    const { table, chain } = parseChainName(name);
    const entry = tables.get(table) ?? { declared: new Set<string>(), rules: [] };
    tables.set(table, entry);
    if (!spec.builtin) entry.declared.add(chain);
    for (const rule of spec.rules) {
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

/** Returns empty sets with the names that the rules match: iptables accepts no rule that names a missing set. */
function setsInput(desired: DesiredGraph, node: string, rules: string): string {
  return ipsetsOf(desired, node)
    .filter(({ name }) => rules.includes(`-set ${name} `))
    .map(({ name, spec }) => `create ${name} hash:net family ${spec.family === 6 ? 'inet6' : 'inet'}`)
    .join('\n');
}
