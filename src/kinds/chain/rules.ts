import type { NatPorts } from '../../kernel/effects/owed-tokens.ts';
import { withoutHostLength } from '../../net/address-text.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { wordsOf } from '../../kernel/netfilter/rule-words.ts';

function after(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}

/** The addresses that a nat rule translates: the destination it rewrites, the source it sets. */
export interface Translation {
  /** It applies to one inner address only: the outer one is a floating IP, not the gateway's address. */
  readonly single?: boolean;
  /** `-d A … -j DNAT`: connections to A. */
  readonly destination?: string;
  /** `-p tcp … --dport 2222`: only those to these ports. */
  readonly ports?: NatPorts;
  /** `-j SNAT --to-source A`: connections whose replies go to A. */
  readonly source?: string;
}

function plainAddress(word = ''): string | undefined {
  const address = withoutHostLength(word);
  return isIpv4(address) ? address : undefined;
}

/** Returns the ports of a rule for one protocol and at most one range of its ports. */
function portsOf(words: readonly string[]): NatPorts | undefined {
  const protocol = after(words, '-p');
  const [, first, last = first] = /^(\d+)(?::(\d+))?$/.exec(after(words, '--dport') ?? '') ?? [];
  if ((protocol !== 'tcp' && protocol !== 'udp') || first === undefined) return undefined;
  return { protocol, first: Number(first), last: Number(last) };
}

/** Returns what a nat rule translates; empty for any other rule. */
export function translationOf(rule: string): Translation {
  const words = wordsOf(rule);
  const target = after(words, '-j');
  const destination = target === 'DNAT' && !words.includes('!') ? plainAddress(after(words, '-d')) : undefined;
  const source = target === 'SNAT' ? plainAddress(after(words, '--to-source')) : undefined;
  const ports = destination === undefined ? undefined : portsOf(words);
  const single = after(words, '-s') !== undefined;
  return {
    ...(single && { single }),
    ...(destination !== undefined && { destination }),
    ...(ports && { ports }),
    ...(source !== undefined && { source }),
  };
}

/** Returns whether the rules of a chain of this name can translate. */
export function canTranslate(chain: string): boolean {
  return chain.startsWith('4/nat/');
}

/** Returns what the rules of a chain of this name translate. */
export function translationsOf(chain: string, rules: readonly string[]): readonly Translation[] {
  if (!canTranslate(chain)) return [];
  return rules.filter((rule) => rule.includes('DNAT') || rule.includes('SNAT')).map(translationOf);
}
