import { desiredAt } from '../../model/graph.ts';
import type { KindContext } from '../../model/kind.ts';
import type { SavedTables } from '../../kernel/netfilter/iptables-save.ts';
import { isBridged, targetOf } from '../../kernel/netfilter/rule-words.ts';
import { chainRef } from '../chain/spec.ts';

/**
 * Returns the rules that a bridged frame meets before a desired filter of ours on the node; all rules if there is none.
 * Our filter decides about the frames of each of our ports, and a new one is inserted at the top of FORWARD.
 */
export function rulesBeforeOurs(
  tables: SavedTables | undefined,
  node: string,
  { desired }: KindContext,
): SavedTables | undefined {
  const rulesOf = (chain: string): readonly string[] =>
    desiredAt(desired, chainRef({ node, netns: null, family: 4, table: 'filter', chain }))?.spec.rules ?? [];
  const filters = (rule: string): boolean => rulesOf(targetOf(rule) ?? '').some(isBridged);
  const jump = rulesOf('FORWARD').find(filters);
  const filter = tables?.get('filter');
  const forward = filter?.get('FORWARD');
  if (jump === undefined || !tables || !filter || !forward) return tables;
  const at = forward.rules.indexOf(jump);
  const ahead = { ...forward, policy: 'ACCEPT', rules: at < 0 ? [] : forward.rules.slice(0, at) };
  return new Map([...tables, ['filter', new Map([...filter, ['FORWARD', ahead]])]]);
}
