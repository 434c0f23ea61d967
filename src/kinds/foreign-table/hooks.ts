import type { Hook } from '../../kernel/probes/netlink.ts';

/**
 * Returns whether a chain can do anything to a packet: it has a rule, or drops what it sees. Programs create empty
 * tables in passing.
 */
export function isActive({ policy, rules }: Hook): boolean {
  return policy === 'drop' || rules > 0;
}

/**
 * keepalived's own table, which drops what is sent to or from its virtual addresses until it accepts them. An
 * operator who runs keepalived in a namespace means it.
 */
export function isKeepaliveds({ family, table }: Hook): boolean {
  return table === 'keepalived' && family !== 'bridge';
}

/** Returns a chain with its hook and its effect: `chain f at hook input drops by its policy`. */
export function hookWords({ chain, hook, policy, rules, devices }: Hook): string {
  const at = devices.length === 0 ? '' : ` of ${devices.join(', ')}`;
  const count = rules === 1 ? 'has a rule' : `has ${String(rules)} rules`;
  return `chain ${chain} at hook ${hook}${at} ${policy === 'drop' ? 'drops by its policy' : count}`;
}

/** Returns the words by which nft(8) finds a table or chain: its name, or its handle if the name is none. */
export function nftWords(name: string): readonly string[] {
  return name.startsWith('#') ? ['handle', name.slice(1)] : [name];
}
