import type { Disturbance } from '../../model/resource.ts';
import { isJump, targetOf } from '../../kernel/netfilter/rule-words.ts';
import type { SavedChains } from '../../kernel/netfilter/saved-tables.ts';
import { parseChainName } from './name.ts';

/** Targets that only report a packet. */
const REPORTING: ReadonlySet<string> = new Set(['LOG', 'NFLOG', 'ULOG', 'TRACE', 'AUDIT', 'LED']);

/** Rules about packets that an IPsec daemon has decrypted or is to encrypt, and those about addresses of keepalived. */
const OF_DAEMONS = /(?:^| )--pol ipsec(?: |$)|(?:^| )--match-set keepalived/;

const EFFECTS: Readonly<Record<string, string>> = {
  DROP: 'drops packets',
  REJECT: 'refuses packets',
  ACCEPT: 'keeps packets from the rules after it',
  RETURN: 'keeps packets from the rules after it',
  DNAT: 'changes where packets go',
  REDIRECT: 'changes where packets go',
  NETMAP: 'changes addresses',
  SNAT: 'changes the source of packets',
  MASQUERADE: 'changes the source of packets',
  MARK: 'changes marks',
  CONNMARK: 'changes marks',
};

/**
 * Returns the foreign rules of a built-in chain of a namespace of ours that can decide or change packets. A rule at its
 * end that only accepts does nothing, since the policy accepts too.
 */
export function disturbingRules(chain: string, chains: SavedChains): readonly string[] {
  const rules = chains.get(chain)?.rules ?? [];
  const end = rules.findLastIndex((rule) => !['ACCEPT', 'RETURN'].includes(targetOf(rule) ?? ''));
  return rules.slice(0, end + 1).filter((rule) => !isJump(rule) && disturbs(rule, chains, 0));
}

/** Returns the foreign chains of a table that only these rules of a built-in chain jump to. */
export function chainsOnlyOf(chain: string, rules: readonly string[], chains: SavedChains): readonly string[] {
  const others = [...chains].flatMap(([name, { rules: all }]) =>
    name === chain ? all.filter((rule) => !rules.includes(rule)) : all,
  );
  const inUse = new Set(others.map(targetOf));
  const targets = [...new Set(rules.flatMap((rule) => targetOf(rule) ?? []))];
  return targets.filter((target) => chains.get(target)?.policy === '-' && !inUse.has(target));
}

/** Deeper than the kernel lets rules jump, a loop is cut. */
const DEEPEST = 16;

function disturbs(rule: string, chains: SavedChains, depth: number): boolean {
  const target = targetOf(rule);
  if (target === undefined || REPORTING.has(target) || OF_DAEMONS.test(rule)) return false;
  const inner = chains.get(target);
  if (inner?.policy !== '-' || depth > DEEPEST) return true;
  return inner.rules.some((one) => targetOf(one) !== 'RETURN' && disturbs(one, chains, depth + 1));
}

/** Returns how foreign rules of a built-in chain of this name disturb traffic in a namespace of ours. */
export function disturbanceOf(name: string, rules: readonly string[]): Disturbance | undefined {
  const [first, ...more] = rules;
  if (first === undefined) return undefined;
  const { family, table, chain } = parseChainName(name);
  const program = family === 6 ? 'ip6tables' : 'iptables';
  const others = more.length === 0 ? '' : ` (and ${String(more.length)} more)`;
  return {
    what: `${program} -t ${table} -A ${chain} ${first}${others}`,
    why: EFFECTS[targetOf(first) ?? ''] ?? 'decides or changes packets',
  };
}
