import type { Family } from '../../model/command.ts';
import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { COUNTERS } from '../netfilter/counters.ts';
import { isIptablesChain } from '../netfilter/iptables-tables.ts';
import { parseIptablesSave, type SavedTables } from '../netfilter/saved-tables.ts';
import type { Json } from '../netfilter/nft-json.ts';

/** A rule of nft: its expressions as `nft -j` prints them (libnftables-json(5)). */
interface NftRule {
  readonly handle: number;
  readonly expressions: readonly Json[];
}

/** Where a chain of nft gets packets. */
interface NftHook {
  readonly hook: string;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
}

/** A chain of nft; `hook` is `undefined` for a chain that others jump to. */
interface NftChain {
  readonly hook: NftHook | undefined;
  readonly rules: readonly NftRule[];
}

/** A table of nft with a chain that is not iptables-nft's. */
export interface NftFilter {
  readonly family: string;
  readonly table: string;
  readonly chains: ReadonlyMap<string, NftChain>;
}

/** What filters packets of a node's own namespace besides the iptables that netloom works with. */
export interface ForeignFilters {
  readonly nft: readonly NftFilter[];
  /** The tables of the other variant of iptables (nft or legacy), and the name of its program. */
  readonly iptables: readonly { readonly family: Family; readonly program: string; readonly tables: SavedTables }[];
  /** What exists and could not be read, in words. */
  readonly unreadable: readonly string[];
}

interface RawObject {
  readonly family?: string;
  readonly table?: string;
  readonly chain?: string;
  readonly name?: string;
  readonly handle?: number;
  readonly hook?: string;
  readonly prio?: number;
  readonly policy?: string;
  readonly flags?: string | readonly string[];
  readonly expr?: readonly Json[];
}

type Raw = Readonly<Record<string, RawObject>>;

/**
 * Reads the foreign filters. A node without any table needs no program for it, and one without foreign tables a short
 * one, because `nft -j list chains` prints no rule; members of named sets, of which blocklists have a hundred thousand,
 * are not read.
 */
export const foreignFiltersProbe: NodeProbe<ForeignFilters> = {
  id: 'foreign-filters',
  scope: 'node',
  only: 'filters',
  script: programText(new URL('./foreign-filters.sh', import.meta.url)),
  ignoring: COUNTERS,
  parse: parseForeignFilters,
};

/** Reads the output of the probe's script. */
export function parseForeignFilters(text: string): ForeignFilters {
  const nft: NftFilter[] = [];
  const unreadable: string[] = [];
  const saves: { readonly family: Family; readonly program: string; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const [word, first = '', program = ''] = line.split(' ');
    if (line.startsWith('{'))
      nft.push(...tablesOf((JSON.parse(line) as { readonly nftables: readonly Raw[] }).nftables));
    else if (word === '@unreadable') unreadable.push(line.slice(word.length + 1));
    else if (word === '@iptables') saves.push({ family: first === '6' ? 6 : 4, program, lines: [] });
    else saves.at(-1)?.lines.push(line);
  }
  const iptables = saves.map(({ family, program, lines }) => ({
    family,
    program,
    tables: parseIptablesSave(lines.join('\n')),
  }));
  return { nft, iptables, unreadable };
}

/** Returns the tables among the objects of a list: each object is printed after those that it belongs to. */
function tablesOf(objects: readonly Raw[]): readonly NftFilter[] {
  const found: NftFilter[] = [];
  const chains = new Map<string, { readonly hook: NftHook | undefined; readonly rules: NftRule[] }>();
  for (const { table, chain, rule } of objects) {
    // A dormant table filters nothing.
    if (table && ![table.flags ?? []].flat().includes('dormant')) {
      found.push({ family: table.family ?? '', table: table.name ?? '', chains });
    } else if (chain) chains.set(chain.name ?? '', { hook: hookOf(chain), rules: [] });
    else if (rule) {
      chains.get(rule.chain ?? '')?.rules.push({ handle: rule.handle ?? 0, expressions: rule.expr ?? [] });
    }
  }
  return found;
}

/** iptables-save prints the built-in chains of iptables-nft, also if their table has foreign chains with a hook. */
function hookOf({ family = '', table = '', name = '', hook, prio = 0, policy }: RawObject): NftHook | undefined {
  if (hook === undefined || isIptablesChain({ family, table, chain: name })) return undefined;
  return { hook, priority: prio, policy: policy === 'drop' ? 'drop' : 'accept' };
}
