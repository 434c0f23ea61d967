import type { Diagnostic } from '../../model/diagnostic.ts';
import { desiredAt } from '../../model/graph.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { gatesAt } from '../../kernel/filters/filters.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { targetOf } from '../../kernel/netfilter/rule-words.ts';
import { parseChainName } from './name.ts';
import { chainRef, type ChainSpec } from './spec.ts';

/**
 * Reports rules outside the iptables that we work with, nft tables and the other variant, that set or prevent the
 * connection tracking of filtered frames: the first rule that does it counts, and our zones would not be set. In our
 * own iptables, our jump moves before such a rule.
 */
export function trackedByOthers(
  { node, netns, name, spec, origin }: Resource<ChainSpec>,
  context: KindContext,
): readonly Diagnostic[] {
  const { family, table, chain } = parseChainName(name);
  if (netns !== null || table !== 'raw' || chain !== 'PREROUTING' || spec.rules.length === 0) return [];
  const { foreign } = nodeFilters(context.view(node));
  const ours = spec.rules.flatMap((rule) => {
    const target = targetOf(rule) ?? '';
    return desiredAt(context.desired, chainRef({ node, netns, family, table, chain: target }))?.spec.rules ?? [];
  });
  const bridges = new Set(ours.flatMap((rule) => /^-i (\S+) .*-j CT --zone /.exec(rule)?.[1] ?? []));
  if (bridges.size === 0) return [];
  const packet: Packet = { family, from: [...bridges], to: [], bridged: true, state: 'new' };
  const gates = gatesAt('prerouting', packet, { iptables: { 4: undefined, 6: undefined }, foreign });
  const rules = gates
    .filter((gate) => gate.family !== 'bridge')
    .flatMap(({ endings }) => endings.filter(({ verdict }) => verdict === 'track').map(({ rule }) => rule));
  if (rules.length === 0) return [];
  return [
    {
      code: 'NLP34',
      severity: 'warning',
      summary: `${node} tracks no connections of its filtered ports: ${[...new Set(rules)].join('; ')}`,
      detail: 'Security groups let answers pass by the state of their connection, in a zone of their own.',
      hint: 'limit that rule to the devices that it is meant for',
      place: { node },
      ...(origin.range && { range: origin.range }),
    },
  ];
}
