import type { KindContext, OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { protocolNumber } from '../../net/protocols.ts';
import { flowToken } from '../../kernel/effects/flow-tokens.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import type { SavedSets } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';
import { portChain, zoneOf } from '../../kernel/netfilter/port-chains.ts';
import type { PortChain } from '../../kernel/netfilter/port-chains.ts';
import { setsOf } from '../../kernel/netfilter/rule-words.ts';
import { parseChainName } from './name.ts';

/**
 * Returns the connections that a port's chain accepted and, by the rules deleted from it, no longer accepts: conntrack
 * would let them continue. They are in the zone of the port's frames, as the node was read.
 */
export function cutOff(
  { node, name }: { readonly node: string; readonly name: string },
  before: readonly string[],
  now: readonly string[] | undefined,
  context: KindContext,
): readonly OwedToken[] {
  const { family, table, chain } = parseChainName(name);
  const port = table === 'filter' ? portChain(family, chain) : undefined;
  if (port === undefined) return [];
  const left = new Set(now?.map(numbered));
  const deleted = before.filter((rule) => !left.has(numbered(rule)));
  const saved = namespaceView(context.view(node), null)?.get(iptablesSaveProbes[port.family]);
  const zone = deleted.length === 0 ? undefined : zoneOf(saved, port);
  if (zone === undefined) return [];
  const own = addressesOf(saved, port);
  // Without known addresses a port's connections cannot be told from those of other ports; they end with its tap.
  if (now === undefined && own.length === 0) return [];
  const sets = context.view(node)?.get(ipsetSaveProbe);
  const ofAll = own.length === 0 ? [undefined] : own;
  return ofAll.flatMap((address) => {
    const mine = address === undefined ? {} : { [port.inwards ? 'destination' : 'source']: address };
    if (now === undefined) return [flowToken({ family: port.family, zone, ...mine })];
    return deleted.flatMap((rule) =>
      otherSides(rule, port.inwards, sets).map((other) => flowToken({ family: port.family, zone, ...mine, ...other })),
    );
  });
}

/** The protocols of rules with ports, or with types of ICMP, as conntrack(8) names them. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  33: 'dccp',
  58: 'icmpv6',
  132: 'sctp',
  136: 'udplite',
};

/** Returns a rule with its protocol as a number: a node may print a name for it (`-p vrrp`). */
function numbered(rule: string): string {
  return rule.replace(/(?<=^| )-p (\S+)/, (_, name: string) => `-p ${String(protocolNumber(name) ?? name)}`);
}

/**
 * Returns the remote side of a rule, for each member of the sets it matched; nothing for a rule that lets no connection
 * begin.
 */
function otherSides(
  rule: string,
  inwards: boolean,
  sets: SavedSets | undefined,
): readonly Partial<Parameters<typeof flowToken>[0]>[] {
  if (!rule.endsWith('-j RETURN') || / --(?:state|comment|sport) /.test(` ${rule}`)) return [];
  const after = (option: RegExp): string | undefined => option.exec(` ${rule}`)?.[1];
  const named = setsOf(rule);
  const members = named.flatMap((name) => sets?.get(name)?.members ?? []).map((member) => member.split(' ', 1)[0]);
  const remotes = named.length > 0 ? members : [after(inwards ? / -s (\S+)/ : / -d (\S+)/)];
  const protocol = after(/ -p (\S+)/);
  const number = protocol === undefined ? undefined : protocolNumber(protocol);
  const [first, last = first] = (after(/ --dports? (\S+)/) ?? '').split(':');
  return remotes.map((remote) => ({
    ...(remote !== undefined && { [inwards ? 'source' : 'destination']: remote }),
    ...(number !== undefined && { protocol: NAMES[number] ?? String(number) }),
    ...(first !== undefined && first !== '' && { ports: { first: Number(first), last: Number(last) } }),
  }));
}

/**
 * Returns the blocks a port's packets may come from: those allowed with a MAC, and those of its DHCP replies. None if
 * any are allowed.
 */
function addressesOf(saved: SavedTables | undefined, { incoming, sources }: PortChain): readonly string[] {
  const rulesOf = (chain: string): readonly string[] => saved?.get('filter')?.get(chain)?.rules ?? [];
  const allowed = rulesOf(sources).filter((rule) => rule.endsWith(' -j RETURN'));
  const blocks = allowed.flatMap((rule) => /^-s (\S+) /.exec(rule)?.[1] ?? []);
  if (blocks.length < allowed.length) return [];
  const leased = rulesOf(incoming).flatMap(
    (rule) => /^-d (\S+) -p udp -m udp --sport 67 --dport 68 /.exec(rule)?.[1] ?? [],
  );
  return [...new Set([...leased, ...blocks])].filter((block) => block !== '255.255.255.255/32');
}
