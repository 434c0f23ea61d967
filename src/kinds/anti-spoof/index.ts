import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import { nftProbe } from '../../kernel/netfilter/nft.ts';
import { braced, nft } from '../../kernel/netfilter/nft-commands.ts';
import { ownTable, tableName, type SetName } from '../../kernel/netfilter/spoof-table.ts';
import { foreignNeutronRules } from './neutron.ts';
import { elementsFor, portElements, specOf, type PortElements } from './observe.ts';
import { antiSpoofFields } from './fields.ts';
import type { AntiSpoofSpec } from './spec.ts';
import { ANTI_SPOOF } from './spec.ts';
import { insideNftTable, nftTable } from '../nft-table/spec.ts';
import { describe } from './words.ts';

const NOTHING: PortElements = { guarded: [], macs: [], sources: [] };

/** The commands that lead from what a tap has in the table to what it is to have. No frame finds it half done: they are one transaction. */
function lead(from: PortElements, to: PortElements, topology: string): readonly Command[] {
  const table = tableName(topology);
  const command = (action: 'add' | 'delete', set: SetName, these: readonly string[], those: readonly string[]) => {
    const elements = these.filter((element) => !those.includes(element)).map(quoted);
    return elements.length === 0 ? [] : [nft(action, table, `element ${set}`, braced(elements.join(' , ')))];
  };
  // A block goes before the one that takes its place: the kernel refuses those that overlap.
  return [
    ...command('delete', 'guarded', from.guarded, to.guarded),
    ...command('delete', 'sources', from.sources, to.sources),
    ...command('delete', 'macs', from.macs, to.macs),
    ...command('add', 'macs', to.macs, from.macs),
    ...command('add', 'sources', to.sources, from.sources),
    ...command('add', 'guarded', to.guarded, from.guarded),
  ];
}

/** An element with its tap in quotes: a device's name could be a word of nft's. */
function quoted(element: string): string {
  return element.replace(/^\S+/, '"$&"');
}

/** What an instance may call itself in the frames it sends at its tap. */
export const antiSpoofKind: Kind<AntiSpoofSpec> = {
  name: ANTI_SPOOF,
  ...antiSpoofFields,
  ownership: {
    ours: 'in the table `netloom-<topology>` of nft’s bridge family: the elements of its sets that begin with the tap',
  },
  companions: ({ node, origin }, topology) => [nftTable(node, topology, origin)],
  describe,
  probes: [nftProbe],

  *observe(view, topology) {
    const table = ownTable(view.get(nftProbe), topology);
    if (!table) return;
    for (const [device, elements] of portElements(table)) {
      const place = { node: view.node, netns: null, kind: ANTI_SPOOF, name: device } as const;
      yield { ...place, owner: 'ours', spec: specOf(elements) };
    }
  },

  needs: ({ name }) => [
    insideNftTable(),
    // It stands before the tap can bring a frame, and goes after it.
    { kind: 'link', netns: null, name, soft: true, reverse: true },
  ],

  create: ({ name, spec }, { topology }) => lead(NOTHING, elementsFor(name, spec), topology),
  // Just what stands is deleted: a command for what is not there would fail all.
  update: ({ name, spec }, observed, _fields, { topology }) =>
    lead(elementsFor(name, observed.spec), elementsFor(name, spec), topology),
  remove: ({ name, spec }, { topology }) => lead(elementsFor(name, spec), NOTHING, topology),
  inspect: foreignNeutronRules,
};
