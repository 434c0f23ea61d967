import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import { ownTable } from '../../kernel/netfilter/spoof-table.ts';
import { linkOf, ipProbe } from '../../kernel/probes/ip.ts';
import type { AntiSpoofSpec } from './spec.ts';

/** Reports a tap that exists and is not guarded: until the apply its instance can send with addresses of others. */
export function unguarded(
  { node, name, origin }: Resource<AntiSpoofSpec>,
  change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  if (change === undefined) return [];
  const view = context.view(node);
  const guarded = ownTable(view?.get(nftProbe), context.topology)?.sets.get('guarded')?.elements.includes(name);
  const link = linkOf(namespaceView(view, null)?.get(ipProbe), name);
  if (guarded === true || link === undefined) return [];
  return [
    {
      code: 'NLP31',
      severity: 'warning',
      summary: `anti-spoofing is off for ${name} on ${node}: its instance can send with addresses of others`,
      hint: `apply restores it before it changes anything else on ${node}`,
      place: { node },
      ...(origin.range && { range: origin.range }),
    },
  ];
}
