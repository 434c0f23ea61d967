import { CHARON_TABLE, isDaemon } from '../../kernel/netlink/protocols.ts';
import { DEFAULT_RULES, type RawRule } from '../../kernel/netlink/rule.ts';
import { running, type Found } from './found.ts';

/** The rule of strongSwan's charon, which has no protocol. */
const OF_CHARON = `from all lookup ${CHARON_TABLE}`;

/** Yields the policy rules that neither the kernel nor a routing daemon added. */
export function* foreignRules(rules: readonly RawRule[]): Iterable<Found> {
  const seen = new Set<string>();
  for (const { family, priority, words, protocol } of rules) {
    const text = words.join(' ');
    const isDefault = DEFAULT_RULES.some(
      (rule) => rule.family === family && rule.priority === priority && rule.words.join(' ') === text,
    );
    const name = `${family === 6 ? 'IPv6 ' : ''}rule ${String(priority)}: ${text}`;
    const isCharons = String(priority) === CHARON_TABLE && text === OF_CHARON;
    // A second one of the kernel's own changes nothing. An l3mdev rule comes with a link of type vrf.
    if (isDefault || isCharons || isDaemon(protocol) || words.includes('l3mdev') || seen.has(name)) continue;
    seen.add(name);
    const command = (verb: string): Found['removal'] =>
      running('ip', `-${String(family)}`, 'rule', verb, 'pref', String(priority), ...words);
    yield {
      name,
      why: 'routes or drops traffic before, or instead of, the routes of the namespace',
      removal: command('del'),
      restoration: command('add'),
    };
  }
}
