/** Returns the words of a rule as iptables-save prints them; a quoted comment is one word. */
export function wordsOf(rule: string): string[] {
  return rule.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
}

const JUMP = /(?:^|\s)-[jg]\s+(\S+)/;

/**
 * Returns the chain or target that a rule jumps or goes to. Only a quoted comment can contain a false `-j`, so a rule
 * without quotes (most rules) is not split into words.
 */
export function targetOf(rule: string): string | undefined {
  if (!rule.includes('"')) return JUMP.exec(rule)?.[1];
  const words = wordsOf(rule);
  const at = words.findIndex((word) => word === '-j' || word === '-g');
  return at < 0 ? undefined : words[at + 1];
}

/** True for Neutron's wrapped chains. In a namespace of ours they are ours. */
export function isWrapped(chain: string): boolean {
  return chain.startsWith('neutron-') || chain.startsWith('quantum-');
}

/** True for a jump to a wrapped chain. In a built-in chain only these rules can be ours. */
export function isJump(rule: string): boolean {
  return isWrapped(targetOf(rule) ?? '');
}

/** Returns the ipsets that a rule matches or changes. */
export function setsOf(rule: string): readonly string[] {
  // Few rules have one, so most are not split into words.
  if (!rule.includes('-set ')) return [];
  const words = wordsOf(rule);
  return words.flatMap((word, at) => (/^--(?:match|add|del|map)-set$/.test(word) ? (words[at + 1] ?? []) : []));
}

/** Returns the port of a bridge that a rule names. */
export function bridgePortOf(rule: string): string | undefined {
  return /--physdev-(?:in|out) (\S+)/.exec(rule)?.[1];
}

/** True for a rule about frames between two ports of a bridge. */
export function isBridged(rule: string): boolean {
  return rule.includes('--physdev-is-bridged');
}
