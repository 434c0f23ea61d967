import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { netlinkProbe } from '../../kernel/probes/netlink.ts';
import { programsProbe } from '../../kernel/probes/programs.ts';
import { insideNetns } from '../netns/spec.ts';
import { foreignTableFields } from './fields.ts';
import { nftWords } from './hooks.ts';
import { observeTables, type TableFacts } from './observe.ts';
import { FOREIGN_TABLE, type ForeignTableSpec } from './spec.ts';

function deletion(netns: Netns, facts: TableFacts): Command[] {
  const exec = (...argv: readonly string[]): Command => ({ tool: 'exec', netns, argv });
  if ('legacy' in facts) {
    const { legacy, table, policies } = facts;
    return [
      exec(legacy, '-t', table, '-F'),
      ...policies.map((chain) => exec(legacy, '-t', table, '-P', chain, 'ACCEPT')),
    ];
  }
  const { family, table } = facts.nft;
  const at = [family, ...nftWords(table)];
  if (facts.chain === undefined) return [exec('nft', 'delete', 'table', ...at)];
  // The kernel deletes its rules with it.
  return [exec('nft', 'delete', 'chain', ...at, ...nftWords(facts.chain))];
}

/**
 * Tables of a namespace of ours that are not iptables' own: of nftables in any family, or of the variant of iptables
 * that the node does not use; on the node, those that can touch our frames. They are never created.
 */
export const foreignTableKind: Kind<ForeignTableSpec, TableFacts> = {
  name: FOREIGN_TABLE,
  ...foreignTableFields,
  counted: { one: 'table', many: 'tables' },
  ownership: {
    ours: 'never ours: a table of nftables with a hook in a namespace of ours, other than those of iptables',
    notes:
      'also a table of the variant of iptables that the node does not use; in the node’s own namespace only what ' +
      'can touch our frames before iptables; one that can do nothing is not observed',
  },
  foreign: 'told',
  describe: ({ chains }) => chains.join(', '),
  probes: [netlinkProbe, programsProbe, ipProbe, ovsProbe],
  observe: observeTables,

  *needs({ netns }) {
    if (netns !== null) yield insideNetns(netns, true);
  },

  create: () => [],
  update: () => [],
  remove: ({ netns, facts }) => (facts ? deletion(netns, facts) : []),
};
