import type { Command } from '../../model/command.ts';
import type { Kind, KindContext } from '../../model/kind.ts';
import type { Ref, Resource } from '../../model/resource.ts';
import { compareFields } from '../shared/compare.ts';
import { nftProbe, TABLE_PREFIX } from '../shared/nft.ts';
import { addChain, addElements, addSet, braced, nft } from '../shared/nft-commands.ts';
import { CHECKS, GUARDED, ownTable, portObjects, portRules, tableName } from '../shared/spoof-table.ts';
import { neutronInTheWay } from './neutron.ts';
import { devicesIn, MACS_DECLARED, SOURCES_DECLARED, specOf } from './observe.ts';
import type { AntiSpoofSpec } from './spec.ts';

function make({ name: device, spec }: Resource<AntiSpoofSpec>, { topology }: KindContext): readonly Command[] {
  const table = tableName(topology);
  const { chain, macs, sources } = portObjects(device);
  const { sources: wanted } = spec;
  const listed = wanted === 'any' ? undefined : wanted.map(({ mac, cidr }) => `${mac} . ${cidr}`);
  return [
    ...addSet(table, `set ${macs}`, MACS_DECLARED, spec.macs),
    ...(listed ? addSet(table, `set ${sources}`, SOURCES_DECLARED, listed) : []),
    ...addChain(table, chain, { declared: '', rules: portRules(device, listed ? 'listed' : 'any') }),
    ...addElements(table, `set ${GUARDED}`, [`"${device}"`]),
    ...addElements(table, `map ${CHECKS}`, [`"${device}" : jump ${chain}`]),
  ];
}

/** Takes away whatever stands of it, the way to it first. A command for what is not there would fail all. */
function takeAway({ node, name: device }: Ref, context: KindContext): readonly Command[] {
  const name = tableName(context.topology);
  const table = ownTable(context.view(node)?.get(nftProbe), context.topology);
  const { chain, macs, sources, check } = portObjects(device);
  const sets = table?.sets;
  return [
    ...(sets?.get(CHECKS)?.elements.includes(check) === true
      ? [nft('delete', name, `element ${CHECKS}`, braced(`"${device}" : jump ${chain}`))]
      : []),
    ...(sets?.get(GUARDED)?.elements.includes(device) === true
      ? [nft('delete', name, `element ${GUARDED}`, braced(`"${device}"`))]
      : []),
    ...(table?.chains.has(chain) === true ? [nft('delete', name, `chain ${chain}`)] : []),
    ...[macs, sources].filter((set) => sets?.has(set) === true).map((set) => nft('delete', name, `set ${set}`)),
  ];
}

/** What an instance may call itself in the frames it sends at its tap. */
export const antiSpoofKind: Kind<AntiSpoofSpec> = {
  name: 'anti-spoof',
  ownership: 'in the table `netloom-<topology>` of nft’s bridge family: what is named after the tap',
  probes: [nftProbe],

  *observe(view, topology) {
    const table = ownTable(view.get(nftProbe), topology);
    if (!table) return;
    for (const device of devicesIn(table)) {
      const place = { node: view.node, netns: null, kind: 'anti-spoof', name: device } as const;
      yield { ...place, owner: 'ours', spec: specOf(table, device) };
    }
  },

  needs: ({ name }) => [
    { kind: 'nft-table', netns: null, name: TABLE_PREFIX, prefix: true, contains: true },
    // It stands before the tap can bring a frame, and goes after it.
    { kind: 'link', netns: null, name, soft: true, reverse: true },
  ],

  compare: (desired, observed) =>
    compareFields(desired, observed, { macs: 'update', sources: 'update', intact: 'update' }),

  create: make,
  // Both in one transaction: no frame passes unchecked, and none is dropped that has a right to pass.
  update: (resource, observed, _fields, context) => [...takeAway(observed, context), ...make(resource, context)],
  remove: takeAway,
  inspect: neutronInTheWay,
  impact: () => 'none',
};
