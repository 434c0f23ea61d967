import type { NodeView } from '../../model/probe.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { isJump, isWrapped, setsOf } from '../../kernel/netfilter/rule-words.ts';
import { ownerOfTable } from '../../kernel/netfilter/table-mark.ts';
import { isVouchedTable } from '../../kernel/netfilter/vouched.ts';

/** A rule that names a set: the kernel keeps the set as long as the rule exists. */
export interface SetUser {
  readonly isOurs: boolean;
  /** In words that iptables(8) accepts. */
  readonly rule: string;
}

/** Returns the rules of the node's own namespace that name a set. */
export function usersOf(set: string, view: NodeView, topology: string): readonly SetUser[] {
  const own = nodeNamespace(view);
  const found: SetUser[] = [];
  for (const [program, family] of [
    ['iptables', 4],
    ['ip6tables', 6],
  ] as const) {
    own?.get(iptablesSaveProbes[family])?.forEach((chains, table) => {
      const isOwn = ownerOfTable(chains, topology) === 'ours' || isVouchedTable(view, family, table, topology);
      chains.forEach(({ rules }, chain) => {
        for (const rule of rules) {
          if (!setsOf(rule).includes(set)) continue;
          const isOurs = isOwn && (isWrapped(chain) || isJump(rule));
          found.push({ isOurs, rule: `${program} -t ${table} -A ${chain} ${rule}` });
        }
      });
    });
  }
  return found;
}
