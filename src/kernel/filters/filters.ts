import type { Family } from '../../model/command.ts';
import type { SavedChains, SavedTables } from '../netfilter/saved-tables.ts';
import { isJump, isWrapped } from '../netfilter/rule-words.ts';
import type { ForeignFilters, NftFilter } from './foreign-filters.ts';
import { iptablesSteps } from './iptables.ts';
import { nftSteps } from './nft.ts';
import type { Packet } from './packet.ts';
import { dropOf, dropsOf, walkHook, type Ending, type Steps } from './walk.ts';

/** Where netfilter shows a packet to filters. */
export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** The tables of iptables with a chain at a hook. */
const TABLES: Readonly<Record<Hook, readonly string[]>> = {
  prerouting: ['raw', 'mangle', 'nat'],
  input: ['mangle', 'filter', 'security'],
  forward: ['mangle', 'filter', 'security'],
  output: ['raw', 'mangle', 'filter', 'security'],
  postrouting: ['mangle', 'nat'],
};

const FAMILIES_OF_NFT: Readonly<Record<string, readonly Family[]>> = {
  ip: [4],
  ip6: [6],
  inet: [4, 6],
  bridge: [4, 6],
};

/** All that filters packets in one namespace. */
export interface Filters {
  /** The tables of the iptables that netloom works with. */
  readonly iptables: Readonly<Record<Family, SavedTables | undefined>>;
  readonly foreign: ForeignFilters | undefined;
}

/** One chain at a hook that decides about packets of a class; all of them must let a packet pass. */
export interface Gate {
  readonly hook: Hook;
  /** Its table and chain, and the program that can change them: `iptables`, `ip6tables-legacy`, `nft`. */
  readonly program: string;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly endings: readonly Ending[];
}

/**
 * Returns the chains that decide about packets of a class at a hook. A bridged packet meets those of the IP families
 * only if `passesIp` (br_netfilter).
 */
export function gatesAt(hook: Hook, packet: Packet, filters: Filters, passesIp = true): readonly Gate[] {
  const seen = atHook(hook, packet);
  const { iptables, foreign } = filters;
  const own = seen.family === 6 ? 'ip6tables' : 'iptables';
  const saves = [
    { program: own, tables: iptables[seen.family] },
    ...(foreign?.iptables ?? []).filter(({ family }) => family === seen.family),
  ];
  const gates = passesIp ? saves.flatMap(({ program, tables }) => gatesOf(hook, seen, program, tables)) : [];
  return [...gates, ...(foreign?.nft ?? []).flatMap((filter) => nftGates(hook, seen, filter, passesIp))];
}

/** Returns the packets as they are at a hook: before the routing decision they have no device to leave by. */
function atHook(hook: Hook, packet: Packet): Packet {
  if (hook === 'prerouting') return { ...packet, to: [], ...(packet.bridged && { portTo: [] }) };
  // Whether the kernel tells the device by which it came depends on its version and on who forwards it.
  return hook === 'postrouting' ? { ...packet, from: undefined } : packet;
}

function gatesOf(hook: Hook, packet: Packet, program: string, tables: SavedTables | undefined): readonly Gate[] {
  const chain = hook.toUpperCase();
  return TABLES[hook].flatMap((table): readonly Gate[] => {
    const chains = tables?.get(table);
    if (chains?.has(chain) !== true || passesAll(chains, chain)) return [];
    const verdict = chains.get(chain)?.policy === 'DROP' ? 'drop' : 'accept';
    const policy = { verdict, rule: `-P ${chain} ${verdict.toUpperCase()}` } as const;
    const steps = iptablesSteps(chains, packet);
    const endings = walkHook(table === 'raw' ? withoutOurs(steps, chain) : steps, chain, policy);
    const prefix = `${/-/.test(program) ? `${program} ` : ''}${table === 'filter' ? '' : `-t ${table} `}`;
    const named = endings.map((one) => ({ ...one, rule: prefix + one.rule }));
    return [{ hook, program, family: String(packet.family), table, chain, endings: named }];
  });
}

/**
 * Leaves out our jumps of the table raw. What they lead to only sets zones, and there are two such rules for each
 * instance of the node: evaluated for each bridge of a thousand, they would take minutes.
 */
function withoutOurs(steps: Steps, hookChain: string): Steps {
  return (name) => {
    const all = steps(name);
    if (name !== hookChain) return all;
    return all?.filter(({ action }) => !('chain' in action && isWrapped(action.chain)));
  };
}

/** True for a chain with our jumps alone: a node has several of our rules for each of its instances. */
function passesAll(chains: SavedChains, chain: string): boolean {
  const { policy, rules } = chains.get(chain) ?? { policy: 'ACCEPT', rules: [] };
  return policy !== 'DROP' && rules.every(isJump);
}

function nftGates(hook: Hook, packet: Packet, filter: NftFilter, passesIp: boolean): readonly Gate[] {
  const { family, table, chains } = filter;
  if (FAMILIES_OF_NFT[family]?.includes(packet.family) !== true) return [];
  if (family === 'bridge' ? !packet.bridged : !passesIp) return [];
  return [...chains].flatMap(([chain, { hook: own }]): readonly Gate[] => {
    if (own?.hook !== hook) return [];
    const policy = { verdict: own.policy, rule: `nft table ${family} ${table}, chain ${chain}: policy ${own.policy}` };
    return [{ hook, program: 'nft', family, table, chain, endings: walkHook(nftSteps(filter, packet), chain, policy) }];
  });
}

/** A rule that drops packets of a class, and its gate. */
export interface Drop {
  readonly gate: Gate;
  readonly rule: string;
}

/** Returns the first rule that drops all packets of a class; `undefined` if some may pass all gates. */
export function certainDrop(gates: readonly Gate[]): Drop | undefined {
  for (const gate of gates) {
    const rule = dropOf(gate.endings);
    if (rule !== undefined) return { gate, rule };
  }
  return undefined;
}

/** Returns the rules that may drop some packets of a class, or that cannot be evaluated. */
export function possibleDrops(gates: readonly Gate[]): readonly Drop[] {
  return gates.flatMap((gate) => dropsOf(gate.endings).map((rule) => ({ gate, rule })));
}
