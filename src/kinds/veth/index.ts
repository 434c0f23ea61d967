import { NODE_NAMESPACE, type Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { birthGroup } from '../../kernel/links/alias.ts';
import { updateAttributes, deleteLink, setAttributes, setLink, setMark, setMaster } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { txChecksumsOff } from '../../kernel/links/tx-checksums.ts';
import { netnsIdsProbe } from '../../kernel/probes/netns-ids.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { txChecksumsProbe } from './tx-checksums.ts';
import { observePairs } from './observe.ts';
import { vethFields } from './fields.ts';
import type { VethSpec } from './spec.ts';
import { insideNetns } from '../netns/spec.ts';
import { VETH } from './spec.ts';
import { describe, shown } from './words.ts';

function withChecksums(netns: Netns, device: string): Command {
  return { tool: 'exec', netns, argv: txChecksumsOff(device) };
}

/**
 * A veth pair. It is created from inside the device's namespace, and its tap on the node: moving a link to another
 * namespace takes some 20 ms under the kernel's one lock. Until both ends have their aliases, the group is their mark.
 */
export const vethKind: Kind<VethSpec> = {
  name: VETH,
  ...vethFields,
  counted: { one: 'link', many: 'links' },
  ownership: {
    ours: 'alias `netloom:<topology>` of either end',
    notes:
      'if one end is ours, the pair is; until an end has its alias, its mark is its group, the hash of the topology',
  },
  describe,
  shown,
  probes: [ipProbe, netnsIdsProbe, ovsProbe, txChecksumsProbe],
  existence: ({ netns, name, spec }, topology) => linkExistence(netns, name, topology, spec.marked),
  observe: observePairs,

  *needs({ netns, spec }) {
    if (netns !== null && !netns.startsWith('/')) yield insideNetns(netns, true);
    if (spec.tap.bridge !== '') yield { kind: 'link', netns: null, name: spec.tap.bridge };
  },

  providedLinks: ({ netns, name, spec }) => [
    { netns, name, mac: spec.mac },
    { netns: null, name: spec.tap.name },
  ],

  breakBeforeMake: ({ spec: { mac, tap } }) => [...(mac === '' ? [] : [`mac ${mac}`]), `tap ${tap.name}`],

  create({ netns, name, spec }, { mark, topology }) {
    const { tap } = spec;
    const group = birthGroup(topology);
    return [
      {
        tool: 'ip',
        netns,
        words: [
          ...['link', 'add', 'name', name, 'mtu', `${spec.mtu}`, 'address', spec.mac, 'group', group],
          ...['type', 'veth', 'peer', 'name', tap.name, 'mtu', `${tap.mtu}`, 'group', group, 'netns', NODE_NAMESPACE],
        ],
      },
      setMark(netns, name, mark),
      ...(spec.up && !spec.guest ? [setLink(netns, name, 'up')] : []),
      ...setAttributes({ netns, device: name, groups: ['port', 'link'] }, spec.attributes),
      setMark(null, tap.name, mark),
      ...(tap.bridge === '' ? [] : [setMaster(tap.name, tap.bridge)]),
      ...setAttributes({ netns: null, device: tap.name, groups: ['port', 'link'] }, tap.attributes),
      ...(tap.up ? [setLink(null, tap.name, 'up')] : []),
      ...(spec.txChecksums === false ? [withChecksums(netns, name)] : []),
    ];
  },

  update({ netns, name, spec }, _observed, fields, { mark }) {
    const { tap } = spec;
    return [
      ...(changed(fields, 'marked') ? [setMark(netns, name, mark), setMark(null, tap.name, mark)] : []),
      ...(changed(fields, 'mac') ? [setLink(netns, name, 'address', spec.mac)] : []),
      ...(changed(fields, 'mtu') ? [setLink(netns, name, 'mtu', `${spec.mtu}`)] : []),
      ...updateAttributes({ netns, device: name, groups: ['port', 'link'] }, fields),
      ...(changed(fields, 'tap.mtu') ? [setLink(null, tap.name, 'mtu', `${tap.mtu}`)] : []),
      ...(changed(fields, 'tap.bridge') ? [setMaster(tap.name, tap.bridge)] : []),
      ...updateAttributes({ netns: null, device: tap.name, groups: ['port', 'link'] }, fields, 'tap.attributes'),
      ...(changed(fields, 'tap.up') ? [setLink(null, tap.name, tap.up ? 'up' : 'down')] : []),
      ...(changed(fields, 'up') ? [setLink(netns, name, spec.up ? 'up' : 'down')] : []),
      ...(changed(fields, 'txChecksums') ? [withChecksums(netns, name)] : []),
    ];
  },

  remove: ({ name, netns, spec, incomplete }) =>
    incomplete !== undefined && netns === null
      ? [{ tool: 'link-gone', devices: [name] }]
      : [spec.tap.name === '' ? deleteLink(netns, name) : deleteLink(null, spec.tap.name)],
};
