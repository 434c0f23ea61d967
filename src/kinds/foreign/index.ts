import type { Kind } from '../../model/kind.ts';
import type { NamespaceView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { l3Probe } from '../../kernel/netlink/l3.ts';
import { ownNamespaces } from '../../kernel/links/owner.ts';
import { ipProbe, linkOfIndex } from '../../kernel/probes/ip.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { netlinkProbe } from '../../kernel/probes/netlink.ts';
import { ovsProbe, type OvsState } from '../../kernel/openvswitch/database.ts';
import { insideNetns } from '../netns/spec.ts';
import { foreignFields } from './fields.ts';
import { foreignIpsec } from './ipsec.ts';
import { foreignLinks } from './links.ts';
import { foreignNeighbours } from './neighbours.ts';
import type { Found } from './found.ts';
import { foreignQdiscs } from './qdiscs.ts';
import { foreignRules } from './rules.ts';
import { FOREIGN, type ForeignSpec } from './spec.ts';

const inNamespace = onceByView<Observed<ForeignSpec>, OvsState>((namespace, node, topology, ovs) => {
  const netns = namespace.netns ?? '';
  return [...foundIn(namespace, topology, ovs)].map(({ name, why, removal, restoration, device }) => {
    const spec: ForeignSpec = {
      removal: removal(netns),
      ...(restoration && { restoration: restoration(netns) }),
      ...(device !== undefined && { device }),
    };
    return { node, netns, kind: FOREIGN, name, owner: 'foreign', spec, disturbs: { what: name, why } };
  });
});

/**
 * Foreign objects in namespaces of ours that can disturb traffic, and that no other kind observes. No file asks for
 * one: they are reported, and deleted with `--heal-foreign`.
 */
export const foreignKind: Kind<ForeignSpec> = {
  name: FOREIGN,
  ...foreignFields,
  counted: { one: 'object', many: 'objects' },
  ownership: {
    ours: 'never ours: reported, and deleted with `--heal-foreign`',
    notes:
      'in a namespace of ours: policy rules, permanent and proxy neighbours, IPsec policies and states, qdiscs, and ' +
      'links that are neither ours nor the kernel’s fallback tunnels; not those of a routing or IPsec daemon, those ' +
      'learned, and policies that let packets pass as they are',
  },
  foreign: 'told',
  describe: () => '',
  probes: [ipProbe, l3Probe, netlinkProbe, ovsProbe],

  *observe(view, topology) {
    const ovs = view.get(ovsProbe);
    for (const namespace of ownNamespaces(view, topology)) yield* inNamespace(namespace, view.node, topology, ovs);
  },

  *needs({ netns, spec: { device } }) {
    if (netns !== null) yield insideNetns(netns, true);
    if (device !== undefined) yield { kind: 'link', netns, name: device, contains: true };
  },

  restoresForeign: true,
  restored: (spec) => (spec.restoration ? spec : undefined),

  create: ({ spec }) => (spec.restoration ? [spec.restoration] : []),
  update: () => [],
  remove: ({ spec }) => [spec.removal],
};

function* foundIn(namespace: NamespaceView, topology: string, ovs: OvsState | undefined): Iterable<Found> {
  const { get } = namespace;
  const tables = get(l3Probe);
  const deviceOf = (ifindex: number): string | undefined => linkOfIndex(get(ipProbe), ifindex)?.ifname;
  yield* foreignRules(tables?.rules ?? []);
  yield* foreignNeighbours(tables?.neighbours ?? [], deviceOf);
  yield* foreignIpsec(tables?.policies ?? [], tables?.states ?? []);
  yield* foreignQdiscs(namespace);
  yield* foreignLinks(get(ipProbe)?.links ?? [], topology, ovs);
}
