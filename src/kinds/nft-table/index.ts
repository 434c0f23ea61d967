import type { Command } from '../../model/command.ts';
import { adaptation, type Kind } from '../../model/kind.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import { createTable, nft } from '../../kernel/netfilter/nft-commands.ts';
import { canCheckClients, ownTable, tableName } from '../../kernel/netfilter/spoof-table.ts';
import { tableSpecOf } from './intact.ts';
import { nftLacking } from './lacking.ts';
import { nftTableFields } from './fields.ts';
import type { NftTableSpec } from './spec.ts';
import { NFT_TABLE } from './spec.ts';

/** Returns the commands that delete a table, whether it exists or not. */
function emptied(name: string): readonly Command[] {
  return [nft('add', name, 'table'), nft('delete', name, 'table')];
}

/** The table of nft's bridge family that holds the checks of a node's guarded taps. */
export const nftTableKind: Kind<NftTableSpec> = {
  name: NFT_TABLE,
  ...nftTableFields,
  counted: { one: 'table', many: 'tables' },
  ownership: {
    ours: 'its name, `netloom-<topology>`, in nft’s bridge family in the node’s own namespace',
    notes: 'everything in it is ours; what netloom did not write is deleted',
  },
  describe: () => '',
  probes: [nftProbe],
  existence: ({ name }) => ({ netns: null, argv: ['nft', 'list', 'table', 'bridge', name] }),

  *observe(view, topology) {
    const table = ownTable(view.get(nftProbe), topology);
    if (!table) return;
    const base = { node: view.node, netns: null, kind: NFT_TABLE, name: tableName(topology) } as const;
    yield { ...base, owner: 'ours', spec: tableSpecOf(table) };
  },

  needs: () => [],

  create: ({ name, spec }, { reverts }) => [...(reverts ? emptied(name) : []), ...createTable(name, spec)],

  adaptation: adaptation(
    (view) => ({ clients: canCheckClients(view.get(nftProbe)) }),
    (spec, { clients }) => (clients ? spec : { ...spec, clients: false }),
  ),

  // A table that differs is replaced: everything in it is recreated, in one transaction.
  update: () => [],
  remove: ({ name }, { reverts }) => (reverts ? emptied(name) : [nft('delete', name, 'table')]),
  inspect: nftLacking,
};
