import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Marks } from '../../model/trace.ts';
import { programText } from '../../programs/text.ts';

interface Raw {
  readonly table?: { readonly family?: string; readonly name?: string };
}

/**
 * The names of the tables of the bridge family that are named like ours, of any topology. Listing tables takes nft as
 * long as all rules of every family take, so only a process that knows no topology does it. Without a working nft there
 * are none.
 */
export const nftNamesProbe: NodeProbe<readonly string[]> = {
  id: 'nft-names',
  scope: 'node',
  script: programText(new URL('./tables.sh', import.meta.url)),
  parse(text) {
    const json = text.split('\n').find((line) => line.startsWith('{'));
    const { nftables } = JSON.parse(json ?? '{"nftables":[]}') as { readonly nftables: readonly Raw[] };
    return nftables.flatMap(({ table: { family, name = '' } = {} }) =>
      family === 'bridge' && name.startsWith(TABLE_PREFIX) ? [name] : [],
    );
  },
};

/** Tables of the bridge family, by their names. */
export const nftTableMarks: Marks = {
  probes: [nftNamesProbe],
  *traces({ node, get }) {
    for (const name of get(nftNamesProbe) ?? []) {
      yield { node, netns: null, sort: 'nft-table', name, says: name.slice(TABLE_PREFIX.length) };
    }
  },
};
