import type { Kind } from '../../model/kind.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import { addChain, braced, nft } from '../../kernel/netfilter/nft-commands.ts';
import { CHAINS, ownTable, SETS, tableName } from '../../kernel/netfilter/spoof-table.ts';
import { isIntact } from './intact.ts';
import { nftLacking } from './lacking.ts';
import { nftTableFields } from './fields.ts';
import type { NftTableSpec } from './spec.ts';
import { NFT_TABLE } from './spec.ts';

/** The table of nft's bridge family that holds the checks of a node's guarded taps. */
export const nftTableKind: Kind<NftTableSpec> = {
  name: NFT_TABLE,
  ...nftTableFields,
  ownership: {
    ours: 'its name, `netloom-<topology>`, in nft’s bridge family in the node’s own namespace',
    notes: 'everything in it is ours; what netloom did not write is deleted',
  },
  describe: () => '',
  probes: [nftProbe],

  *observe(view, topology) {
    const table = ownTable(view.get(nftProbe), topology);
    if (!table) return;
    const spec: NftTableSpec = { intact: isIntact(table) };
    yield { node: view.node, netns: null, kind: NFT_TABLE, name: tableName(topology), owner: 'ours', spec };
  },

  needs: () => [],

  create: ({ name }) => [
    nft('add', name, 'table'),
    ...Object.entries(SETS).map(([set, declared]) => nft('add', name, `set ${set}`, braced(declared))),
    ...[...CHAINS].flatMap(([chain, parts]) => addChain(name, chain, parts)),
  ],

  // A table that differs is replaced: everything in it is recreated, in one transaction.
  update: () => [],
  remove: ({ name }) => [nft('delete', name, 'table')],
  inspect: nftLacking,
};
