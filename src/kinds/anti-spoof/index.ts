import type { Command } from '../../model/command.ts';
import { adaptation, type Kind } from '../../model/kind.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import { braced, nft } from '../../kernel/netfilter/nft-commands.ts';
import { canCheckClients, ownTable, tableName, type SetName } from '../../kernel/netfilter/spoof-table.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { foreignNeutronRules } from './neutron.ts';
import { elementsFor, portElements, specOf, type PortElements } from './observe.ts';
import { unguarded } from './unguarded.ts';
import { antiSpoofFields } from './fields.ts';
import type { AntiSpoofSpec } from './spec.ts';
import { ANTI_SPOOF } from './spec.ts';
import { insideNftTable, nftTable } from '../nft-table/spec.ts';
import { quoted, tableAsBefore } from './restore.ts';
import { describe } from './words.ts';

const NOTHING: PortElements = { guarded: [], macs: [], sources: [], clients: [] };

/**
 * Returns the commands that change a tap's elements of the table. They are one transaction, so no frame is checked
 * against half of it.
 */
function transition(from: PortElements, to: PortElements, topology: string): readonly Command[] {
  const table = tableName(topology);
  const command = (action: 'add' | 'delete', set: SetName, these: readonly string[], those: readonly string[]) => {
    const elements = these.filter((element) => !those.includes(element)).map(quoted);
    return elements.length === 0 ? [] : [nft(action, table, `element ${set}`, braced(elements.join(' , ')))];
  };
  // A block is deleted before the one that replaces it is added: the kernel refuses overlapping ones.
  return [
    ...command('delete', 'guarded', from.guarded, to.guarded),
    ...command('delete', 'sources', from.sources, to.sources),
    ...command('delete', 'macs', from.macs, to.macs),
    ...command('delete', 'clients', from.clients, to.clients),
    ...command('add', 'macs', to.macs, from.macs),
    ...command('add', 'clients', to.clients, from.clients),
    ...command('add', 'sources', to.sources, from.sources),
    ...command('add', 'guarded', to.guarded, from.guarded),
  ];
}

/** The MACs and IPv4 addresses that an instance may send from at its tap. */
export const antiSpoofKind: Kind<AntiSpoofSpec> = {
  name: ANTI_SPOOF,
  ...antiSpoofFields,
  counted: { one: 'anti-spoofing filter', many: 'anti-spoofing filters' },
  ownership: {
    ours: 'the set elements that begin with the tap’s name, in the table `netloom-<topology>` of nft’s bridge family',
  },
  companions: { key: () => '', of: ({ node, origin }, topology) => [nftTable(node, topology, origin)] },
  describe,
  probes: [nftProbe, ipProbe],

  *observe(view, topology) {
    const table = ownTable(view.get(nftProbe), topology);
    if (!table) return;
    for (const [device, elements] of portElements(table)) {
      const base = { node: view.node, netns: null, kind: ANTI_SPOOF, name: device } as const;
      yield { ...base, owner: 'ours', spec: specOf(elements) };
    }
  },

  needs: ({ name }) => [
    insideNftTable(),
    // It is created before the tap can deliver a frame, and deleted after it.
    { kind: 'link', netns: null, name, soft: true, reverse: true },
  ],

  create: ({ node, name, spec }, context) =>
    context.reverts
      ? tableAsBefore(node, context).mixed
      : transition(NOTHING, elementsFor(name, spec), context.topology),
  // Only existing elements are deleted: deleting a missing one would fail the whole transaction.
  update: ({ node, name, spec }, observed, _fields, context) =>
    context.reverts
      ? tableAsBefore(node, context).mixed
      : transition(elementsFor(name, observed.spec), elementsFor(name, spec), context.topology),
  remove: ({ node, name, spec }, context) =>
    context.reverts
      ? tableAsBefore(node, context).last
      : transition(elementsFor(name, spec), NOTHING, context.topology),
  adaptation: adaptation(
    (view) => ({ clients: canCheckClients(view.get(nftProbe)) }),
    (spec, { clients }) => (clients ? spec : { ...spec, clients: [] }),
  ),
  inspect: (resource, change, context) => [
    ...foreignNeutronRules(resource, change, context),
    ...unguarded(resource, change, context),
  ],
};
