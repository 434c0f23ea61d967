import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { isWrapped } from '../../kernel/netfilter/rule-words.ts';
import { familyOfSet } from '../../kernel/netfilter/set-names.ts';
import { markerChain, ownerOfTable } from '../../kernel/netfilter/table-mark.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

type Reason = Pick<Diagnostic, 'summary' | 'detail' | 'hint'>;

/**
 * Why a table of the node's own namespace can't be marked as ours: it is another topology's, or there are chains, or sets whose mark is that of this
 * table, that look like ours and are somebody else's, such as a Neutron agent's. Marked, they would be taken for ours, and taken away.
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
  const place = `the ${program} table ${table} of ${node} itself`;
  const mend = `if they are this topology's and only lost the mark: ${program} -t ${table} -N ${marker}`;
  const reason = (): Reason | undefined => {
    if (typeof owner === 'object') {
      return {
        summary: `${place} belongs to topology ${owner.topology}`,
        detail: `It holds the chain ${markerChain(owner.topology)}. Chains of both would have the same names there.`,
        hint: `take that network down (netloom destroy), or if it has gone: ${program} -t ${table} -X ${markerChain(owner.topology)}`,
      };
    }
    const lookalike = [...(chains?.keys() ?? [])].find(isWrapped);
    if (lookalike !== undefined) {
      return {
        summary: `${place} holds chains of somebody else that are named as ours`,
        detail: `${lookalike} stands there without the chain ${marker}: it may be an agent of Neutron that put it there, and its rules are left as they are.`,
        hint: `stop the agent and remove its chains; ${mend}`,
      };
    }
    const sets = table === 'filter' ? [...(view?.get(ipsetSaveProbe)?.keys() ?? [])] : [];
    const set = sets.find((one) => familyOfSet(one) === family);
    if (set === undefined) return undefined;
    return {
      summary: `${node} holds sets of somebody else that are named as ours`,
      detail: `${set} stands there, and ${place} has no chain ${marker}: it may be an agent of Neutron that made it, and it is left as it is.`,
      hint: `stop the agent and remove its sets (ipset destroy ${set}); ${mend}`,
    };
  };
  const why = reason();
  if (why === undefined) return [];
  return [{ code: 'NLP12', severity: 'error', ...why, place: { node }, ...(origin.range && { range: origin.range }) }];
}
