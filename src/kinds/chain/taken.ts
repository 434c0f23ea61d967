import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { iptablesSaveProbes } from '../shared/iptables-save.ts';
import { markerChain } from '../shared/table-mark.ts';
import { ownerOfTable } from './ownership.ts';
import { placeOf } from './place.ts';
import { isWrapped } from './rules.ts';
import type { ChainSpec } from './spec.ts';

/**
 * Why a table of the node's own namespace can't be marked as ours: it is another topology's, or holds chains that look like ours and are
 * somebody else's, such as a Neutron agent's. Marked, they would be taken for ours, and taken away.
 */
export function tableTaken(
  { node, netns, name, origin }: Resource<ChainSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { family, table, chain } = placeOf(name);
  const marker = markerChain(context.topology);
  if (netns !== null || chain !== marker) return [];
  const chains = namespaceView(context.view(node), null)?.get(iptablesSaveProbes[family])?.get(table);
  const owner = chains ? ownerOfTable(chains, context.topology) : 'ours';
  if (!chains || owner === 'ours') return [];
  const lookalike = [...chains.keys()].find(isWrapped);
  if (owner === 'foreign' && lookalike === undefined) return [];
  const program = family === 6 ? 'ip6tables' : 'iptables';
  const [summary, detail, hint] =
    typeof owner === 'object'
      ? [
          `the ${program} table ${table} of ${node} itself belongs to topology ${owner.topology}`,
          `It holds the chain ${markerChain(owner.topology)}. Chains of both would have the same names there.`,
          `take that network down (netloom destroy), or if it has gone: ${program} -t ${table} -X ${markerChain(owner.topology)}`,
        ]
      : [
          `the ${program} table ${table} of ${node} itself holds chains of somebody else that are named as ours`,
          `${lookalike ?? ''} stands there without the chain ${marker}: it may be an agent of Neutron that put it there, and its rules are left as they are.`,
          `stop the agent and remove its chains; if they are this topology's and only lost the mark: ${program} -t ${table} -N ${marker}`,
        ];
  return [
    {
      code: 'NLP12',
      severity: 'error',
      summary,
      detail,
      place: { node },
      hint,
      ...(origin.range && { range: origin.range }),
    },
  ];
}
