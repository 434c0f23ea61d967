import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { ownNamespaces } from '../../kernel/links/owner.ts';
import { isIptablesChain, isIptablesTable } from '../../kernel/netfilter/iptables-tables.ts';
import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';
import { netlinkProbe, type Hook } from '../../kernel/probes/netlink.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { programsProbe, type Programs } from '../../kernel/probes/programs.ts';
import { hookWords, isActive, isKeepaliveds } from './hooks.ts';
import { tablesOnNode } from './on-node.ts';
import { FOREIGN_TABLE, type ForeignTableSpec } from './spec.ts';

type Found = Observed<ForeignTableSpec, TableFacts>;

/** What a foreign table is deleted by. */
export type TableFacts =
  | { readonly nft: Pick<Hook, 'family' | 'table'>; readonly chain?: string }
  | {
      readonly legacy: 'iptables-legacy' | 'ip6tables-legacy';
      readonly table: string;
      readonly policies: readonly string[];
    };

/** Returns the foreign tables of our namespaces, and those of the node that can touch our frames. */
export function* observeTables(view: NodeView, topology: string): Iterable<Found> {
  const variant = view.get(programsProbe)?.variant;
  for (const namespace of ownNamespaces(view, topology)) yield* inNamespace(namespace, view.node, topology, variant);
  yield* tablesOnNode(view, topology);
}

const inNamespace = onceByView<Found, Programs['variant']>(function* (namespace, node, _, variant) {
  const read = (family: string): boolean => variant?.[family === 'ip6' ? 6 : 4] === 'nft';
  yield* inNft(node, namespace, read);
  yield* inLegacy(node, namespace);
});

/** Groups the hooks of foreign tables; `isRead` tells whether iptables reads its tables of a family from nftables. */
function* inNft(node: string, { netns, get }: NamespaceView, isRead: (family: string) => boolean): Iterable<Found> {
  const groups = new Map<string, Hook[]>();
  for (const hook of get(netlinkProbe)?.hooks ?? []) {
    if (!isActive(hook) || isKeepaliveds(hook)) continue;
    const isShared = isIptablesTable(hook) && isRead(hook.family);
    if (isShared && isIptablesChain(hook)) continue;
    const name = [hook.family, hook.table, ...(isShared ? [hook.chain] : [])].join(' ');
    groups.set(name, [...(groups.get(name) ?? []), hook]);
  }
  for (const [name, hooks] of groups) {
    const [first] = hooks;
    if (first === undefined) continue;
    const { family, table, chain } = first;
    const isChain = isIptablesTable(first) && isRead(family);
    const chains = hooks.map(hookWords);
    yield {
      node,
      netns,
      kind: FOREIGN_TABLE,
      name,
      owner: 'foreign',
      spec: { chains },
      facts: { nft: { family, table }, ...(isChain && { chain }) },
      disturbs: { what: `nft ${isChain ? 'chain' : 'table'} ${name}`, why: chains.join(', ') },
    };
  }
}

function* inLegacy(node: string, { netns, get }: NamespaceView): Iterable<Found> {
  for (const [program, tables] of get(netlinkProbe)?.legacy ?? []) {
    for (const [table, chains] of activeIn(tables)) {
      const legacy = `${program}-legacy` as const;
      const policies = chains.filter(({ policy }) => policy !== 'ACCEPT' && policy !== '-').map(({ chain }) => chain);
      yield {
        node,
        netns,
        kind: FOREIGN_TABLE,
        name: `${legacy} ${table}`,
        owner: 'foreign',
        spec: { chains: chains.map(({ chain }) => chain) },
        facts: { legacy, table, policies },
        disturbs: {
          what: `${legacy} -t ${table}`,
          why: `its chains ${chains.map(({ chain }) => chain).join(', ')} decide beside those of ${program}`,
        },
      };
    }
  }
}

interface LegacyChain {
  readonly chain: string;
  readonly policy: string;
}

function* activeIn(tables: SavedTables): Iterable<readonly [string, readonly LegacyChain[]]> {
  for (const [table, chains] of tables) {
    const active = [...chains].flatMap(([chain, { policy, rules }]): LegacyChain[] =>
      policy !== '-' && (policy !== 'ACCEPT' || rules.length > 0) ? [{ chain, policy }] : [],
    );
    if (active.length > 0) yield [table, active];
  }
}
