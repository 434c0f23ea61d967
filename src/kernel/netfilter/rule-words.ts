/** Words of a rule as iptables-save prints them; a quoted comment is one word. */
export function wordsOf(rule: string): string[] {
  return rule.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
}

const JUMP = /(?:^|\s)-[jg]\s+(\S+)/;

/**
 * The chain or target a rule jumps or goes to. Only quotes can hold what looks like another word: few rules have any.
 */
export function targetOf(rule: string): string | undefined {
  if (!rule.includes('"')) return JUMP.exec(rule)?.[1];
  const words = wordsOf(rule);
  const at = words.findIndex((word) => word === '-j' || word === '-g');
  return at < 0 ? undefined : words[at + 1];
}

/** Chains with these prefixes are Neutron's wrapped chains, and ours in a namespace of ours. */
export function isWrapped(chain: string): boolean {
  return chain.startsWith('neutron-') || chain.startsWith('quantum-');
}

/** Of a built-in chain only the jumps into wrapped chains are ours. */
export function isJump(rule: string): boolean {
  return isWrapped(targetOf(rule) ?? '');
}

/** The sets of ipset(8) that a rule names, to match or to alter them; each is followed by its directions. */
export function setsOf(rule: string): readonly string[] {
  // Hardly any rule has one.
  if (!rule.includes('-set ')) return [];
  const words = wordsOf(rule);
  return words.flatMap((word, at) => (/^--(?:match|add|del|map)-set$/.test(word) ? (words[at + 1] ?? []) : []));
}

/** Whether a rule is about frames between two ports of a bridge. */
export function isBridged(rule: string): boolean {
  return rule.includes('--physdev-is-bridged');
}
