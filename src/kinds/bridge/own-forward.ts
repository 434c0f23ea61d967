import { desiredAt } from '../../model/graph.ts';
import type { Family } from '../../model/command.ts';
import type { KindContext } from '../../model/kind.ts';
import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';
import { isBridged, targetOf } from '../../kernel/netfilter/rule-words.ts';
import { chainRef } from '../chain/spec.ts';

/** Returns the desired jump from FORWARD to our filter for bridged frames; `undefined` if the node has none. */
export function filterJump(node: string, family: Family, { desired }: KindContext): string | undefined {
  const rulesOf = (chain: string): readonly string[] =>
    desiredAt(desired, chainRef({ node, netns: null, family, table: 'filter', chain }))?.spec.rules ?? [];
  return rulesOf('FORWARD').find((rule) => rulesOf(targetOf(rule) ?? '').some(isBridged));
}

/**
 * Returns the rules that a bridged frame meets before a desired filter of ours on the node; all rules if there is none.
 * Our filter decides about the frames of each of our ports, and a new one is inserted at the top of FORWARD.
 */
export function rulesBeforeOurs(
  tables: SavedTables | undefined,
  node: string,
  family: Family,
  context: KindContext,
): SavedTables | undefined {
  const jump = filterJump(node, family, context);
  const filter = tables?.get('filter');
  const forward = filter?.get('FORWARD');
  if (jump === undefined || !tables || !filter || !forward) return tables;
  const at = forward.rules.indexOf(jump);
  const ahead = { policy: 'ACCEPT', rules: at < 0 ? [] : forward.rules.slice(0, at) };
  return new Map([...tables, ['filter', new Map([...filter, ['FORWARD', ahead]])]]);
}
