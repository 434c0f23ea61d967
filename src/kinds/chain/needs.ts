import type { Need } from '../../model/kind.ts';
import type { Ref } from '../../model/resource.ts';
import { portsNamed } from './bridged.ts';
import { isWrapped, setsOf, targetOf } from '../../kernel/netfilter/rule-words.ts';
import { topologyOf } from '../../kernel/netfilter/table-mark.ts';
import { translationsOf } from './rules.ts';
import { anyTableMarker, CHAIN, type ChainSpec } from './spec.ts';
import { addressesOf } from '../address/spec.ts';
import { ipsetMatched } from '../ipset/spec.ts';
import { insideNetns } from '../netns/spec.ts';

/**
 * Returns the needs of a chain: its namespace, or in the node's own the chain that marks its table; the chains of its
 * table that its rules jump to, the sets they match, and the addresses they translate (before or after it).
 */
export function* needsOf({ node, netns, name, spec: { rules } }: Ref & { readonly spec: ChainSpec }): Iterable<Need> {
  const table = name.slice(0, name.indexOf('/', 2) + 1);
  if (netns !== null) yield insideNetns(netns, true);
  else if (topologyOf(name.slice(table.length)) === undefined) yield anyTableMarker(netns, table);
  // A third of Neutron's chains are empty.
  if (rules.length === 0) return;
  for (const target of new Set(rules.map(targetOf))) {
    if (target !== undefined && isWrapped(target)) yield { kind: CHAIN, netns, name: table + target };
  }
  for (const set of new Set(rules.flatMap(setsOf))) yield ipsetMatched(netns, set);
  if (netns === null) yield* portsNamed({ node, netns }, rules);
  const seen = translationsOf(name, rules);
  if (seen.length === 0) return;
  const rewritten = new Set(seen.map((t) => t.destination));
  for (const { destination, source, single } of seen) {
    // An address without its DNAT rule makes this node answer itself, and conntrack keeps the connection there: first
    // the rule, then the address.
    if (destination !== undefined) yield { ...addressesOf(netns, destination), soft: true, reverse: true };
    // The reverse for an address that is only a source: the answers to it must reach this node.
    if (source !== undefined && !single && !rewritten.has(source)) yield { ...addressesOf(netns, source), soft: true };
  }
}
