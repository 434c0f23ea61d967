import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Marks } from '../../model/trace.ts';
import { programText } from '../../programs/text.ts';

interface Raw {
  readonly table?: { readonly family?: string; readonly name?: string };
}

/**
 * The names of the tables of the bridge family that are such as ours, whatever topology they are of. To list tables takes nft as long as the rules of every
 * family are, so only who knows no topology asks. Without an nft that can be used there are none that could be told.
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
