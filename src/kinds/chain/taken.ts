import type { Change } from '../../model/change.ts';
import { commandLine } from '../../model/command-line.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { addressOf, type Resource } from '../../model/resource.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { isWrapped } from '../../kernel/netfilter/rule-words.ts';
import { familyOfSet, originalOf } from '../../kernel/netfilter/set-names.ts';
import { markerChain, ownerOfTable } from '../../kernel/netfilter/table-mark.ts';
import { isNamedAfterPort, isVouchedSet, isVouchedTable } from '../../kernel/netfilter/vouched.ts';
import { parseChainName } from './name.ts';
import { chainRef, type ChainLocation, type ChainSpec } from './spec.ts';
import { ipsetRef } from '../ipset/spec.ts';

/** Returns whether the file names a chain, or a port's chain whose tap is ours or is missing. */
function isKnownChain(location: ChainLocation, { desired }: KindContext): boolean {
  return desired.known.has(addressOf(chainRef(location))) || isNamedAfterPort(location.chain);
}

/** Returns whether the file names a set, or the set that a swap set belongs to. */
function isKnownSet(node: string, name: string, { desired }: KindContext): boolean {
  return desired.known.has(addressOf(ipsetRef(node, originalOf(name) ?? name)));
}

type Reason = Pick<Diagnostic, 'summary' | 'detail' | 'hint'>;

/**
 * Reports that a table of the node's own namespace can't be marked as ours: it is another topology's, or holds foreign
 * chains (or the IP version foreign sets) named like ours, such as a Neutron agent's. With our mark they would count as
 * ours, and be deleted.
 */
export function tableTaken(
  { node, netns, name, origin }: Resource<ChainSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { family, table, chain } = parseChainName(name);
  const marker = markerChain(context.topology);
  if (netns !== null || chain !== marker) return [];
  const view = context.view(node);
  const chains = namespaceView(view, null)?.get(iptablesSaveProbes[family])?.get(table);
  const owner = ownerOfTable(chains, context.topology);
  if (owner === 'ours') return [];
  const program = family === 6 ? 'ip6tables' : 'iptables';
  const tableName = `the ${program} table ${table} of ${node} itself`;
  const restoreMark = `if they are this topology's and only lost the mark: ${program} -t ${table} -N ${marker}`;
  const reason = (): Reason | undefined => {
    if (typeof owner === 'object') {
      return {
        summary: `${tableName} belongs to topology ${owner.topology}`,
        detail: `It holds the chain ${markerChain(owner.topology)}. Chains of both would have the same names there.`,
        hint:
          `on ${node}: \`${commandLine('gc', '--topology', owner.topology)}\` deletes that network; ` +
          `if it no longer exists: ${program} -t ${table} -X ${markerChain(owner.topology)}`,
      };
    }
    const isVouched = view !== undefined && isVouchedTable(view, family, table, context.topology);
    const lookalike = [...(chains?.keys() ?? [])].find(
      (one) => isWrapped(one) && !(isVouched && isKnownChain({ node, netns, family, table, chain: one }, context)),
    );
    if (lookalike !== undefined) {
      return {
        summary: `${tableName} holds foreign chains with names of ours`,
        detail:
          `It holds ${lookalike}, but not the chain ${marker}: an agent of Neutron may have created it, and its ` +
          'rules are left as they are.',
        hint: `stop the agent and remove its chains; ${restoreMark}`,
      };
    }
    const sets = table === 'filter' ? [...(view?.get(ipsetSaveProbe) ?? [])] : [];
    const [set] =
      sets.find(
        ([one, saved]) =>
          familyOfSet(one) === family &&
          !(isKnownSet(node, one, context) && view && isVouchedSet(view, family, saved, context.topology)),
      ) ?? [];
    if (set === undefined) return undefined;
    return {
      summary: `${node} holds foreign sets with names of ours`,
      detail:
        `${set} exists, but ${tableName} has no chain ${marker}: an agent of Neutron may have created it, and it is ` +
        'left as it is.',
      hint: `stop the agent and remove its sets (ipset destroy ${set}); ${restoreMark}`,
    };
  };
  const why = reason();
  if (why === undefined) return [];
  return [{ code: 'NLP12', severity: 'error', ...why, place: { node }, ...(origin.range && { range: origin.range }) }];
}
