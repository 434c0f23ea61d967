import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { nftProbe, type NeutronChain } from '../../kernel/netfilter/nft.ts';
import type { AntiSpoofSpec } from './spec.ts';

/**
 * Reports chains that a real Neutron left for this tap: they drop what their rules do not allow. They may be in use, so
 * they are left alone.
 */
export function foreignNeutronRules(
  { node, name, origin }: Resource<AntiSpoofSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const found = (context.view(node)?.get(nftProbe)?.neutron ?? []).filter(({ chain }) =>
    [`neutronMAC-${name}`, `neutronARP-${name}`].includes(chain),
  );
  if (found.length === 0) return [];
  return [
    {
      code: 'NLP26',
      severity: 'warning',
      summary: `an agent of Neutron left rules for ${name} on ${node}, which still filter it`,
      detail: found.map(({ program, table, chain }) => `chain ${chain} in table ${table} of ${program}`).join('\n'),
      place: { node },
      hint: `if no agent of Neutron runs there any more, as root: ${found.map(emptied).join('; ')}`,
      ...(origin.range && { range: origin.range }),
    },
  ];
}

/** Returns the command that empties a chain: nft's drops by its last rule, that of ebtables-legacy by its policy. */
function emptied({ program, table, chain }: NeutronChain): string {
  return program === 'nft'
    ? `nft flush chain bridge ${table} ${chain}`
    : `ebtables-legacy -t ${table} -F ${chain} && ebtables-legacy -t ${table} -P ${chain} RETURN`;
}
