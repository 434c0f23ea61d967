import type { Family } from '../../model/command.ts';
import type { NamespaceView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';
import { iptablesSteps } from '../../kernel/filters/iptables.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { walk, type Ending, type Fate, type Step } from '../../kernel/filters/walk.ts';
import { bridgePortOf, isBridged, isJump, isWrapped } from '../../kernel/netfilter/rule-words.ts';
import type { SavedChains } from '../../kernel/netfilter/saved-tables.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';

/** A built-in chain with jumps of ours. */
interface Shared {
  readonly netns: Netns;
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

/**
 * Returns the foreign rules of a built-in chain that decide packets of ours before our jumps do: they switch our rules
 * off in silence. In the node's own namespace that is any rule that may accept a new connection to or from a filtered
 * port, or prevents its tracking; a rule about other devices never does. In a namespace of ours it is a rule that
 * accepts everything. A rule that drops is left before ours: it opens nothing.
 */
export function overridingRules(chains: SavedChains, shared: Shared, own: NamespaceView): readonly string[] {
  const rules = chains.get(shared.chain)?.rules ?? [];
  const last = rules.findLastIndex(isJump);
  if (!rules.slice(0, Math.max(last, 0)).some((rule) => !isJump(rule))) return [];
  const packets = shared.netns === null ? packetsOf(chains, shared, own) : [anyPacket(shared.family)];
  const found = new Set(packets.flatMap((packet) => overridingOf(chains, shared, packet)));
  return rules.slice(0, last).filter((rule, at) => found.has(at) && !isJump(rule));
}

/** Returns the positions of the rules before our last jump that decide packets of a class. */
function overridingOf(chains: SavedChains, { netns, table, chain }: Shared, packet: Packet): readonly number[] {
  const steps = iptablesSteps(chains, packet);
  const known = new Map<string, Fate>();
  const opens = chains.get(chain)?.policy === 'ACCEPT';
  const counts = ({ verdict, sure }: Ending): boolean =>
    (netns === null || sure) &&
    (verdict === 'accept' || verdict === 'queue' || (verdict === 'track' && table === 'raw'));
  const decides = (step: Step): boolean => {
    const { matches, action } = step;
    if (matches === 'no' || (netns !== null && matches !== 'yes')) return false;
    if (action.does === 'return') return opens;
    if (action.does !== 'jump' && action.does !== 'goto') return walk(() => [step], '').endings.some(counts);
    const { endings, falls } = walk(steps, action.chain, known);
    return endings.some(counts) || (action.does === 'goto' && opens && falls !== 'no');
  };
  return (steps(chain) ?? []).flatMap((step, at) => (decides(step) ? [at] : []));
}

/** Returns the classes of packets that our rules in this chain of the node filter or track. */
function packetsOf(chains: SavedChains, { family, table, chain }: Shared, own: NamespaceView): readonly Packet[] {
  const links = own.get(ipProbe)?.links ?? [];
  const bridgeOf = new Map(links.flatMap(({ ifname, master }) => (master === undefined ? [] : [[ifname, master]])));
  const portsOf = (bridge: string): string[] => [...bridgeOf].flatMap(([port, of]) => (of === bridge ? [port] : []));
  const filtered = filteredPorts(chains, table);
  const packet = { family, bridged: true, state: 'new', isLocal: false } as const;
  return [...new Set([...filtered].flatMap((port) => bridgeOf.get(port) ?? []))].flatMap((bridge): Packet[] => {
    const ports = portsOf(bridge);
    const ours = ports.filter((port) => filtered.has(port));
    if (table === 'raw') return [{ ...packet, from: [bridge], to: [], portFrom: ports, portTo: [] }];
    if (table !== 'filter' || chain !== 'FORWARD') return [];
    const through = { ...packet, from: [bridge], to: [bridge] };
    return [
      { ...through, portFrom: ports, portTo: ours },
      { ...through, portFrom: ours, portTo: ports },
    ];
  });
}

/** Returns the bridge ports that our rules filter or track. */
function filteredPorts(chains: SavedChains, table: string): ReadonlySet<string> {
  const names = [...chains]
    .filter(([name]) => isWrapped(name))
    .flatMap(([, { rules }]) => rules)
    .filter((rule) => (table === 'raw' ? rule.includes(' -j CT --zone ') : isBridged(rule) && isJump(rule)))
    .flatMap((rule) => bridgePortOf(rule) ?? []);
  return new Set(names);
}

function anyPacket(family: Family): Packet {
  return { family, from: undefined, to: undefined, bridged: false, state: 'new' };
}
