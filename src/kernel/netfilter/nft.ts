import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { kernelNamesProbe } from './kernel-names.ts';
import { expressionText, ruleText } from './nft-text.ts';

/**
 * A set or a map, as nft writes it: its declaration (the text in its braces without the elements), and its elements.
 */
export interface NftSet {
  readonly declared: string;
  readonly elements: readonly string[];
}

/**
 * A chain, as nft writes it: its declaration (the text in its braces without the rules; empty for a chain without a
 * hook), and its rules.
 */
export interface NftChain {
  readonly declared: string;
  readonly rules: readonly string[];
}

/** A table of the bridge family. */
export interface NftTable {
  /** Flags of the table, such as `dormant`. */
  readonly flags: string;
  readonly sets: ReadonlyMap<string, NftSet>;
  readonly chains: ReadonlyMap<string, NftChain>;
  /** All other objects in the table, each `TYPE NAME`. */
  readonly others: readonly string[];
}

/** A chain that Neutron's Linux bridge agent left behind, and the program that can delete it. */
export interface NeutronChain {
  readonly program: 'nft' | 'ebtables-legacy';
  readonly table: string;
  readonly chain: string;
}

/** A node's bridge family. */
export interface NftState {
  /** Why nft cannot be used; `undefined` if it can. */
  readonly unusable: 'absent' | { readonly why: string } | undefined;
  /** The version of nft, such as `1.0.6`; empty if it cannot be used. */
  readonly version: string;
  /** The name of this topology's table. */
  readonly table: string;
  /** That table, if it exists, by its name. */
  readonly tables: ReadonlyMap<string, NftTable>;
  readonly neutron: readonly NeutronChain[];
}

/** The prefix of the name of a table of ours. */
export const TABLE_PREFIX = 'netloom-';

const NEUTRON = /^neutron(?:MAC|ARP)-/;

type Expression = Parameters<typeof expressionText>[0];

interface RawObject {
  readonly version?: string;
  readonly family?: string;
  readonly table?: string;
  readonly chain?: string;
  readonly name?: string;
  readonly flags?: string | readonly string[];
  /** Newer versions print the expressions of a set declared by `typeof`, older ones their types. */
  readonly type?: string | readonly string[] | { readonly typeof: Expression };
  readonly map?: string;
  readonly elem?: Parameters<typeof ruleText>[0];
  readonly hook?: string;
  readonly prio?: number;
  readonly policy?: string;
  readonly dev?: string;
  readonly expr?: Parameters<typeof ruleText>[0];
}

type Raw = Readonly<Record<string, RawObject>>;

/**
 * Reads the bridge family of the node's own namespace: our table, and the names of all chains. Those of ebtables-legacy
 * are read only if its tables are loaded, because listing them would load them. A kernel without nf_tables, or an nft
 * without JSON, is no failure: only a node with filtered ports needs it. `list ruleset` and `list tables` would read
 * the rules of every family, including those of iptables (nft 1.0.6; measured: five times as long with 100 instances).
 * One nft process with both lists prints only the chains of our table.
 */
export const nftProbe: NodeProbe<NftState> = {
  id: 'nft-bridge',
  scope: 'node',
  script: programText(new URL('./nft.sh', import.meta.url)),
  arguments: ({ topology }) => [`${TABLE_PREFIX}${topology}`],
  parse(text) {
    const lines = text.split('\n');
    const after = (word: string): readonly string[] =>
      lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
    const why = after('@unusable')[0];
    const documents = lines.filter((line) => line.startsWith('{')).map(objectsOf);
    const answered = documents.length + (lines.includes('@none') ? 1 : 0);
    if (why === undefined && !lines.includes('@absent') && answered < 2) {
      throw new Error('the list of chains or the table is not in it');
    }
    const objects = documents.flat();
    const legacy = after('@ebtables').map((line): NeutronChain => {
      const [table = '', chain = ''] = line.split(' ');
      return { program: 'ebtables-legacy', table, chain };
    });
    const translated = objects.flatMap(({ chain: one }): readonly NeutronChain[] =>
      one?.family === 'bridge' ? [{ program: 'nft', table: one.table ?? '', chain: one.name ?? '' }] : [],
    );
    return {
      unusable: lines.includes('@absent') ? 'absent' : why === undefined ? undefined : { why },
      version: objects.find(({ metainfo }) => metainfo?.version !== undefined)?.['metainfo']?.version ?? '',
      table: after('@table')[0] ?? '',
      tables: tablesOf(objects),
      neutron: [...translated, ...legacy].filter(({ chain }) => NEUTRON.test(chain)),
    };
  },
  command: 'nft -j list table bridge',
  witness: {
    probes: [kernelNamesProbe],
    missing: ({ table, tables }, get) =>
      get(kernelNamesProbe)?.nft.has(`bridge ${table}`) === true && !tables.has(table) ? [`table ${table}`] : [],
  },
};

/** Returns the objects of one document of `nft -j`, which always begins with the version of nft. */
function objectsOf(json: string): readonly Raw[] {
  const { nftables } = JSON.parse(json) as { readonly nftables?: readonly Raw[] };
  if (nftables?.[0]?.['metainfo'] === undefined) throw new Error('it is no list of nft in JSON');
  return nftables;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

interface MutableTable {
  readonly flags: string;
  readonly sets: Map<string, NftSet>;
  readonly chains: Map<string, { readonly declared: string; readonly rules: string[] }>;
  readonly others: string[];
}

/**
 * Objects are printed in the order of their dependencies: a table first, a rule after its chain. An object printed
 * before its table is from the list of chains, and is ignored.
 */
function tablesOf(objects: readonly Raw[]): ReadonlyMap<string, NftTable> {
  const tables = new Map<string, Mutable<MutableTable>>();
  for (const object of objects) {
    for (const [sort, raw] of Object.entries(object)) {
      if (raw.family !== 'bridge') continue;
      const { name = '' } = raw;
      if (sort === 'table') {
        if (!name.startsWith(TABLE_PREFIX)) continue;
        tables.set(name, { flags: flagsOf(raw), sets: new Map(), chains: new Map(), others: [] });
        continue;
      }
      const table = tables.get(raw.table ?? '');
      if (!table) continue;
      if (sort === 'set' || sort === 'map') table.sets.set(name, setOf(raw));
      else if (sort === 'chain') table.chains.set(name, { declared: hookOf(raw), rules: [] });
      else if (sort === 'rule') table.chains.get(raw.chain ?? '')?.rules.push(ruleText(raw.expr ?? []));
      else table.others.push(`${sort} ${name}`);
    }
  }
  return tables;
}

function flagsOf({ flags = [] }: RawObject): string {
  return [flags].flat().join(' ');
}

function setOf(raw: RawObject): NftSet {
  const { type = '' } = raw;
  const keys = isTypeof(type) ? `typeof ${expressionText(type.typeof)}` : `type ${[type].flat().join(' . ')}`;
  const flags = flagsOf(raw);
  return {
    declared: `${keys}${raw.map === undefined ? '' : ` : ${raw.map}`} ;${flags === '' ? '' : ` flags ${flags} ;`}`,
    elements: (raw.elem ?? []).map(expressionText),
  };
}

function isTypeof(type: Exclude<RawObject['type'], undefined>): type is { readonly typeof: Expression } {
  return typeof type === 'object' && 'typeof' in type;
}

function hookOf({ type, hook, prio, policy, dev }: RawObject): string {
  if (hook === undefined) return '';
  const device = dev === undefined ? '' : ` device ${dev}`;
  const sort = typeof type === 'string' ? type : '';
  return `type ${sort} hook ${hook}${device} priority ${String(prio)} ; policy ${policy ?? ''} ;`;
}
