import type { Family } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { iptablesSaveProbes, type SavedChain } from '../shared/iptables-save.ts';
import { ownNamespaces } from '../shared/owner.ts';
import { isWrapped, targetOf } from './rules.ts';
import type { ChainSpec } from './spec.ts';

export const FAMILIES: readonly Family[] = [4, 6];

/** Of a built-in chain only the jumps into wrapped chains are ours. */
export function isJump(rule: string): boolean {
  return isWrapped(targetOf(rule) ?? '');
}

/** The chains of our namespaces: what is ours of each, and apart what others put beside it. A router has some eighty, more than of all else together. */
export function observeChains(view: NodeView, topology: string): readonly Observed<ChainSpec>[] {
  const found: Observed<ChainSpec>[] = [];
  for (const { netns, get } of ownNamespaces(view, topology)) {
    for (const family of FAMILIES) {
      get(iptablesSaveProbes[family])?.forEach((chains, table) => {
        chains.forEach((saved, chain) => {
          const spec = ownPart(chain, saved);
          const name = `${family}/${table}/${chain}`;
          if (spec) found.push({ node: view.node, netns, kind: 'chain', name, owner: 'ours', spec });
          const rules = saved.policy === '-' ? [] : saved.rules.filter((rule) => !isJump(rule));
          if (rules.length === 0) return;
          const others: ChainSpec = { builtin: true, rules };
          found.push({
            node: view.node,
            netns,
            kind: 'chain',
            name: `${name}#foreign`,
            owner: 'foreign',
            spec: others,
          });
        });
      });
    }
  }
  return found;
}

function ownPart(chain: string, { policy, rules }: SavedChain): ChainSpec | undefined {
  if (policy === '-') return isWrapped(chain) ? { builtin: false, rules } : undefined;
  const jumps = rules.filter(isJump);
  return jumps.length === 0 ? undefined : { builtin: true, rules: jumps };
}
