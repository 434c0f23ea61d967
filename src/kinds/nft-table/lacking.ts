import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import type { NftTableSpec } from './spec.ts';

/** Reports that a node can't have the table: it has no nft, or none that works. */
export function nftLacking(
  { node, origin }: Resource<NftTableSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const lack = context.view(node)?.get(nftProbe)?.unusable;
  if (lack === undefined) return [];
  const isAbsent = lack === 'absent';
  return [
    {
      code: 'NLP25',
      severity: 'error',
      summary: isAbsent
        ? `${node} has no nft, so its instances could send with addresses of others`
        : `nft does not work on ${node}, so its instances could send with addresses of others`,
      ...(isAbsent ? {} : { detail: lack.why }),
      place: { node },
      hint: isAbsent
        ? `on ${node}, as root: apt-get install --no-install-recommends nftables`
        : `on ${node}: a kernel with nf_tables, and an nft that writes JSON (\`nft -j list ruleset\`)`,
      ...(origin.range && { range: origin.range }),
    },
  ];
}
