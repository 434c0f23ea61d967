import type { Family } from '../../model/command.ts';
import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Observed, Owner } from '../../model/resource.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import type { SavedChain } from '../../kernel/netfilter/saved-tables.ts';
import { nodeNamespace, ownNamespaces } from '../../kernel/links/owner.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { isJump, isWrapped } from '../../kernel/netfilter/rule-words.ts';
import { markerChain, ownerOfTable } from '../../kernel/netfilter/table-mark.ts';
import { isVouchedTable } from '../../kernel/netfilter/vouched.ts';
import { disturbanceOf, disturbingRules } from './foreign.ts';
import { FOREIGN } from './name.ts';
import { overridingRules } from './overriding.ts';
import type { ChainSpec } from './spec.ts';
import { CHAIN } from './spec.ts';

export const FAMILIES: readonly Family[] = [4, 6];

/**
 * Returns the chains of our namespaces and of the node's own: our part of each, and the foreign rules as an object of
 * their own. A router has some eighty chains, more than all other objects together.
 */
export function observeChains(view: NodeView, topology: string): readonly Observed<ChainSpec>[] {
  const found: Observed<ChainSpec>[] = [];
  for (const namespace of ownNamespaces(view, topology)) {
    for (const chain of chainsInOurs(namespace, view.node, topology)) found.push(chain);
  }
  const own = nodeNamespace(view);
  if (own) found.push(...chainsIn(own, view.node, topology, view));
  return found;
}

const chainsInOurs = onceByView<Observed<ChainSpec>>(chainsIn);

/** `view`: of the node, to find out whose the tables of its own namespace are; those of our namespaces are ours. */
function chainsIn(
  own: NamespaceView,
  node: string,
  topology: string,
  view: NodeView | undefined,
): readonly Observed<ChainSpec>[] {
  const found: Observed<ChainSpec>[] = [];
  const { netns, get } = own;
  const base = { node, netns, kind: CHAIN } as const;
  for (const family of FAMILIES) {
    get(iptablesSaveProbes[family])?.forEach((chains, table) => {
      const owner: Owner = netns === null ? ownerOfTable(chains, topology) : 'ours';
      const isLostMark = owner === 'foreign' && view !== undefined && isVouchedTable(view, family, table, topology);
      const ownership = { owner, ...(isLostMark && { adoptable: true }) };
      const isOwn = owner === 'ours' || isLostMark;
      chains.forEach((saved, chain) => {
        const name = `${family}/${table}/${chain}`;
        if (netns === null && chain === markerChain(topology)) {
          found.push({ ...base, name, owner: 'ours', spec: { builtin: false, rules: saved.rules } });
          return;
        }
        const part = ownPart(chain, saved);
        const foreignFirst =
          isOwn && part?.builtin === true ? overridingRules(chains, { netns, family, table, chain }, own) : [];
        const spec = part && foreignFirst.length > 0 ? { ...part, order: [...foreignFirst, ...part.rules] } : part;
        // In a foreign table, single chains are no conflict: the table as a whole is one.
        if (spec) found.push({ ...base, name: isOwn ? name : `${name}#theirs`, ...ownership, spec });
        const rules = saved.policy === '-' ? [] : saved.rules.filter((rule) => !isJump(rule));
        if (rules.length === 0) return;
        const others: ChainSpec = { builtin: true, rules };
        const disturbs = netns === null ? undefined : disturbanceOf(name, disturbingRules(chain, chains));
        found.push({
          ...base,
          name: `${name}${FOREIGN}`,
          owner: 'foreign',
          spec: others,
          ...(disturbs && { disturbs }),
        });
      });
    });
  }
  return found;
}

function ownPart(chain: string, { policy, rules }: SavedChain): ChainSpec | undefined {
  if (policy === '-') return isWrapped(chain) ? { builtin: false, rules } : undefined;
  const jumps = rules.filter(isJump);
  return jumps.length === 0 ? undefined : { builtin: true, rules: jumps };
}
