import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { desiredAt } from '../../model/graph.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { bridgePortOf, isBridged, targetOf } from '../../kernel/netfilter/rule-words.ts';
import { bridgeOf, ipProbe } from '../../kernel/probes/ip.ts';
import { parseChainName } from './name.ts';
import { chainRef, type ChainSpec } from './spec.ts';

/**
 * Reports ports of bridges that exist while the rules that direct their frames to their security groups are missing:
 * until the apply the groups have no effect.
 */
export function groupsOff(
  { node, netns, name, spec, origin }: Resource<ChainSpec>,
  change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { family, table, chain } = parseChainName(name);
  // The rules in INPUT never match: traffic to the node itself is not bridged.
  if (netns !== null || change === undefined || table !== 'filter' || chain.endsWith('INPUT')) return [];
  const before = new Set((change.observed?.spec as ChainSpec | undefined)?.rules);
  const missing = spec.rules.filter((rule) => !before.has(rule));
  const rulesOf = (target = ''): readonly string[] =>
    desiredAt(context.desired, chainRef({ node, netns, family, table, chain: target }))?.spec.rules ?? [];
  const directing = missing.flatMap((rule) => [rule, ...(chain === 'FORWARD' ? rulesOf(targetOf(rule)) : [])]);
  const filtered = [...new Set(directing.flatMap((rule) => filteredPort(rule) ?? []))];
  // Each port has chains of its own, and most of them direct nothing.
  if (filtered.length === 0) return [];
  const links = namespaceView(context.view(node), null)?.get(ipProbe)?.links ?? [];
  const plugged = new Set(links.filter((link) => bridgeOf(link) !== undefined).map(({ ifname }) => ifname));
  const ports = filtered.filter((port) => plugged.has(port));
  if (ports.length === 0) return [];
  return [
    {
      code: 'NLP30',
      severity: 'warning',
      summary: `security groups are off on ${node}: nothing filters IPv${family} of ${ports.join(', ')}`,
      detail: `A rule that directs frames to the groups is missing: -A ${chain} ${missing[0] ?? ''}`,
      hint: `apply restores these rules before it changes anything else on ${node}`,
      place: { node },
      ...(origin.range && { range: origin.range }),
    },
  ];
}

/** Returns the port whose frames a rule directs to another chain; nothing for a rule that accepts them. */
function filteredPort(rule: string): string | undefined {
  return isBridged(rule) && targetOf(rule)?.includes('-') === true ? bridgePortOf(rule) : undefined;
}
