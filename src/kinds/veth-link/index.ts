import type { Kind } from '../../model/kind.ts';
import type { Observed } from '../../model/resource.ts';
import { changed } from '../fields/index.ts';
import { bridgeOf, ipProbe, type RawLink } from '../../kernel/probes/ip.ts';
import { nodeNamespace, ownerOfAlias, ownerOfLink } from '../../kernel/links/owner.ts';
import { birthGroup } from '../../kernel/links/alias.ts';
import { deleteLink, setLink, setMark, setMaster } from '../../kernel/links/set.ts';
import { isVethPair, isVeth } from '../../kernel/links/veth.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { vethLinkFields } from './fields.ts';
import type { VethLinkSpec } from './spec.ts';
import { VETH_LINK } from './spec.ts';

/** Each pair is one object, named by the end in a Linux bridge, or else by the end whose name sorts first. */
function isFirst(one: RawLink, other: RawLink): boolean {
  const [mine, others] = [bridgeOf(one), bridgeOf(other)];
  if ((mine === undefined) !== (others === undefined)) return mine !== undefined;
  return one.ifname < other.ifname;
}

/** Returns the options with which an end is created. */
function optionsOf(mtu: number, mac: string | undefined, topology: string): readonly string[] {
  return ['mtu', `${mtu}`, ...(mac === undefined ? [] : ['address', mac]), 'group', birthGroup(topology)];
}

/** A veth pair that links two switches of a node. */
export const vethLinkKind: Kind<VethLinkSpec> = {
  name: VETH_LINK,
  ...vethLinkFields,
  counted: { one: 'link', many: 'links' },
  ownership: {
    ours: 'alias `netloom:<topology>` of either end',
    notes: 'as of a veth; both ends are in the node’s own namespace',
  },
  probes: [ipProbe],
  existence: ({ netns, name, spec }, topology) => linkExistence(netns, name, topology, spec.marked),

  *observe(view, topology) {
    const veths = (nodeNamespace(view)?.get(ipProbe)?.links ?? []).filter(isVeth);
    for (const link of veths) {
      const peer = veths.find((other) => isVethPair(link, other));
      if (peer === undefined || !isFirst(link, peer)) continue;
      const owners = [link, peer].map((end) => ownerOfLink(end, topology));
      const owner = owners.find((one) => one !== 'foreign') ?? 'foreign';
      const spec: VethLinkSpec = {
        peer: peer.ifname,
        bridge: bridgeOf(link) ?? '',
        mtu: Math.min(link.mtu, peer.mtu),
        macs: [link.address ?? '', peer.address ?? ''],
        up: [link, peer].every(({ flags }) => flags.includes('UP')),
        marked: [link, peer].every(({ ifalias }) => ownerOfAlias(ifalias, topology) === 'ours'),
      };
      const base = { node: view.node, netns: null, kind: VETH_LINK, name: link.ifname } as const;
      const observed: Observed<VethLinkSpec> = { ...base, owner, spec };
      yield observed;
    }
  },

  needs: ({ spec: { bridge } }) => (bridge === '' ? [] : [{ kind: 'link', netns: null, name: bridge }]),

  providedLinks: ({ name, spec: { peer } }) => [name, peer].map((end) => ({ netns: null, name: end })),

  create: ({ name, spec: { peer, bridge, mtu, macs, up } }, { mark, topology }) => [
    {
      tool: 'ip',
      netns: null,
      words: [
        ...['link', 'add', 'name', name, ...optionsOf(mtu, macs?.[0], topology)],
        ...['type', 'veth', 'peer', 'name', peer, ...optionsOf(mtu, macs?.[1], topology)],
      ],
    },
    ...[name, peer].map((end) => setMark(null, end, mark)),
    ...(bridge === '' ? [] : [setMaster(name, bridge)]),
    ...(up ? [name, peer].map((end) => setLink(null, end, 'up')) : []),
  ],

  update: ({ name, spec: { peer, bridge, mtu, macs, up } }, _observed, fields, { mark }) => [
    ...(changed(fields, 'marked') ? [name, peer].map((end) => setMark(null, end, mark)) : []),
    ...(changed(fields, 'mtu') ? [name, peer].map((end) => setLink(null, end, 'mtu', `${mtu}`)) : []),
    ...(changed(fields, 'macs') && macs
      ? [setLink(null, name, 'address', macs[0]), setLink(null, peer, 'address', macs[1])]
      : []),
    ...(changed(fields, 'bridge') ? [setMaster(name, bridge)] : []),
    ...(changed(fields, 'up') ? [name, peer].map((end) => setLink(null, end, up ? 'up' : 'down')) : []),
  ],

  remove: ({ name }) => [deleteLink(null, name)],
};
