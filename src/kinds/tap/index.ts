import type { Kind } from '../../model/kind.ts';
import { nonDefaultAttributes } from '../../kernel/links/attributes.ts';
import { updateAttributes, setAttributes, setLink, setMaster } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { bridgeOf, ipProbe } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { isSwitchDevice, withoutSwitchAttributes } from '../../kernel/openvswitch/health.ts';
import { ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import { nodeNamespace, ownerOfAlias } from '../../kernel/links/owner.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { tapFields } from './fields.ts';
import type { TapSpec } from './spec.ts';
import { TAP } from './spec.ts';
import { describe, shown } from './words.ts';

/** Where a tap is, and the groups of its attributes. */
const ATTRIBUTED = { netns: null, groups: ['port', 'link'] } as const;

/** A persistent tap device that QEMU or libvirt opens. */
export const tapKind: Kind<TapSpec> = {
  name: TAP,
  ...tapFields,
  counted: { one: 'link', many: 'links' },
  ownership: {
    ours: 'alias `netloom:<topology>`',
    notes:
      'a tap without the alias that is a port of a bridge of ours, or of which a port in Open vSwitch is ours, is ' +
      'adopted if desired',
  },
  describe,
  shown,
  probes: [ipProbe, ovsProbe],
  existence: ({ netns, name, spec }, topology) => linkExistence(netns, name, topology, spec.marked),

  *observe(view, topology) {
    const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
    const ovs = view.get(ovsProbe);
    const ourBridges = new Set(
      links
        .filter((l) => l.linkinfo?.info_kind === 'bridge' && ownerOfAlias(l.ifalias, topology) === 'ours')
        .map((l) => l.ifname),
    );
    for (const link of links) {
      if (link.linkinfo?.info_kind !== 'tun' || isSwitchDevice(link, ovs)) continue;
      const owner = ownerOfAlias(link.ifalias, topology);
      const bridge = bridgeOf(link) ?? '';
      const spec: TapSpec = {
        mtu: link.mtu,
        up: link.flags.includes('UP'),
        marked: owner === 'ours',
        bridge,
        attributes: withoutSwitchAttributes(nonDefaultAttributes(link, ['link', 'port'], links), link, ovs),
      };
      const isOurPort = ownerOfIds(ovs?.interfaces.get(link.ifname)?.ids, topology) === 'ours';
      const adoptable = owner === 'foreign' && (ourBridges.has(bridge) || isOurPort);
      yield {
        node: view.node,
        netns: null,
        kind: TAP,
        name: link.ifname,
        owner,
        spec,
        ...(adoptable && { adoptable }),
      };
    }
  },

  needs: ({ spec }) => (spec.bridge === '' ? [] : [{ kind: 'link', netns: null, name: spec.bridge }]),
  providedLinks: (itself) => [itself],
  breakBeforeMake: ({ name }) => [`tap ${name}`],

  create: ({ name, spec }, { mark }) => [
    { tool: 'ip', netns: null, words: ['tuntap', 'add', 'dev', name, 'mode', 'tap'] },
    setLink(null, name, 'alias', mark),
    setLink(null, name, 'mtu', `${spec.mtu}`),
    ...(spec.bridge === '' ? [] : [setMaster(name, spec.bridge)]),
    ...setAttributes({ ...ATTRIBUTED, device: name }, spec.attributes),
    ...(spec.up ? [setLink(null, name, 'up')] : []),
  ],

  update: ({ name, spec }, _observed, fields, { mark }) => [
    ...(changed(fields, 'marked') ? [setLink(null, name, 'alias', mark)] : []),
    ...(changed(fields, 'mtu') ? [setLink(null, name, 'mtu', `${spec.mtu}`)] : []),
    ...(changed(fields, 'bridge') ? [setMaster(name, spec.bridge)] : []),
    ...updateAttributes({ ...ATTRIBUTED, device: name }, fields),
    ...(changed(fields, 'up') ? [setLink(null, name, spec.up ? 'up' : 'down')] : []),
  ],

  remove: ({ name }) => [{ tool: 'ip', netns: null, words: ['tuntap', 'del', 'dev', name, 'mode', 'tap'] }],
};
