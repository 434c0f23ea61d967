import { kernelNamesProbe } from '../../kernel/netfilter/kernel-names.ts';
import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import type { Marks } from '../../model/trace.ts';

const BRIDGE_TABLE = `bridge ${TABLE_PREFIX}`;

/** Tables of the bridge family, by their names. */
export const nftTableMarks: Marks = {
  probes: [kernelNamesProbe],
  *traces({ node, get }) {
    for (const table of get(kernelNamesProbe)?.nft ?? []) {
      if (!table.startsWith(BRIDGE_TABLE)) continue;
      const says = table.slice(BRIDGE_TABLE.length);
      yield { node, netns: null, sort: 'nft-table', name: TABLE_PREFIX + says, says };
    }
  },
};
