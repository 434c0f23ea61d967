import { typedLine } from '../../model/command-line.ts';
import type { FieldChange } from '../../model/change.ts';
import type { Kind, KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { borrowedNic, bridgeAlias } from '../../kernel/links/alias.ts';
import { nonDefaultAttributes, groupOf } from '../../kernel/links/attributes.ts';
import { updateAttributes, deleteLink, setAttributes, setLink } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe, linkOf, type RawLink } from '../../kernel/probes/ip.ts';
import { netlinkProbe } from '../../kernel/probes/netlink.ts';
import { nodeNamespace, ownerOfAlias } from '../../kernel/links/owner.ts';
import { bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { FILTER_PROBES } from '../../kernel/filters/node-filters.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { misleadingEntries } from './entries.ts';
import { forwardingDropped } from './forwarding.ts';
import { bridgeFields } from './fields.ts';
import type { BridgeSpec } from './spec.ts';
import { BRIDGE } from './spec.ts';
import { describe, shown } from './words.ts';

/** A bridge's MTU is the least of its ports', until it is set. */
function leastMtu(ports: readonly RawLink[]): number {
  return Math.min(...ports.map(({ mtu }) => mtu));
}

function desiredMtu(node: string, name: string, spec: BridgeSpec, context: KindContext): number | undefined {
  const ports =
    namespaceView(context.view(node), null)
      ?.get(ipProbe)
      ?.links.filter((link) => link.master === name) ?? [];
  return spec.mtu ?? (ports.length > 0 ? leastMtu(ports) : undefined);
}

function desiredMac(node: string, spec: BridgeSpec, context: KindContext): string | undefined {
  if (spec.macOf === undefined) return spec.mac;
  return linkOf(namespaceView(context.view(node), null)?.get(ipProbe), spec.macOf)?.address ?? spec.mac;
}

/** Spanning tree first: while it is on, the kernel refuses the delays that need it off. */
function inOrder(fields: readonly FieldChange[]): FieldChange[] {
  return [...fields].sort((a, b) => Number(b.field.endsWith('.stp_state')) - Number(a.field.endsWith('.stp_state')));
}

/** A Linux bridge: `brq…`. */
export const bridgeKind: Kind<BridgeSpec> = {
  name: BRIDGE,
  ...bridgeFields,
  counted: { one: 'bridge', many: 'bridges' },
  ownership: {
    ours: 'alias `netloom:<topology>,nic=<NIC>`',
    notes:
      'the alias names the borrowed NIC, which tells it from foreign ports; a bridge without an alias that has a tap ' +
      'of ours as a port, or is down and has no port, is adopted if desired',
  },
  describe,
  shown,
  probes: [ipProbe, bridgeNfProbe, netlinkProbe, ...FILTER_PROBES],
  existence: ({ netns, name, spec }, topology) => linkExistence(netns, name, topology, spec.marked),

  *observe(view, topology) {
    const state = nodeNamespace(view)?.get(ipProbe);
    for (const link of state?.links ?? []) {
      if (link.linkinfo?.info_kind !== 'bridge') continue;
      const ports = state?.links.filter((port) => port.master === link.ifname) ?? [];
      const owner = ownerOfAlias(link.ifalias, topology);
      const nic = borrowedNic(link.ifalias);
      const nicMac = nic === undefined ? undefined : linkOf(state, nic)?.address;
      // The bridge has its NIC's address, so the name of the NIC stands for it; any other address is given.
      const mac = nicMac === undefined || nicMac !== link.address ? link.address : undefined;
      const spec: BridgeSpec = {
        ...(nic !== undefined && { macOf: nic }),
        ...(mac !== undefined && { mac }),
        ...(link.mtu !== leastMtu(ports) && ports.length > 0 && { mtu: link.mtu }),
        up: link.flags.includes('UP'),
        marked: owner === 'ours',
        attributes: nonDefaultAttributes(link, ['link', 'bridge'], []),
      };
      const isIncomplete = !link.flags.includes('UP') && ports.length === 0 && (link.addr_info ?? []).length === 0;
      const ourPorts = ports.some((port) => ownerOfAlias(port.ifalias, topology) === 'ours');
      const observed: Observed<BridgeSpec> = {
        node: view.node,
        netns: null,
        kind: BRIDGE,
        name: link.ifname,
        owner,
        spec,
      };
      yield owner === 'foreign' && (isIncomplete || ourPorts) ? { ...observed, adoptable: true } : observed;
    }
  },

  // The NIC whose address it takes exists: netloom creates none.
  needs: () => [],
  providedLinks: ({ netns, name }) => [{ netns, name, isBridge: true }],

  create({ node, name, spec }, context) {
    const mac = desiredMac(node, spec, context);
    const options = Object.entries(spec.attributes).filter(([key]) => groupOf(key, 'bridge'));
    const others = Object.entries(spec.attributes).filter(([key]) => !groupOf(key, 'bridge'));
    return [
      { tool: 'ip', netns: null, words: ['link', 'add', 'name', name, 'type', 'bridge', ...options.flat()] },
      setLink(null, name, 'alias', bridgeAlias(context.topology, spec.macOf)),
      ...(mac === undefined ? [] : [setLink(null, name, 'address', mac)]),
      ...(spec.mtu === undefined ? [] : [setLink(null, name, 'mtu', `${spec.mtu}`)]),
      ...setAttributes({ netns: null, device: name, groups: ['link'] }, Object.fromEntries(others)),
      ...(spec.up ? [setLink(null, name, 'up')] : []),
    ];
  },

  update({ node, name, spec }, _observed, fields, context) {
    const mac = desiredMac(node, spec, context);
    const mtu = desiredMtu(node, name, spec, context);
    return [
      ...(changed(fields, 'mtu') && mtu !== undefined ? [setLink(null, name, 'mtu', `${mtu}`)] : []),
      ...(changed(fields, 'marked') || changed(fields, 'macOf')
        ? [setLink(null, name, 'alias', bridgeAlias(context.topology, spec.macOf))]
        : []),
      ...((changed(fields, 'mac') || changed(fields, 'macOf')) && mac !== undefined
        ? [setLink(null, name, 'address', mac)]
        : []),
      ...updateAttributes({ netns: null, device: name, groups: ['bridge', 'link'] }, inOrder(fields)),
      ...(changed(fields, 'up') ? [setLink(null, name, spec.up ? 'up' : 'down')] : []),
    ];
  },

  remove: ({ name }) => [deleteLink(null, name)],

  inspect: (resource, _change, context) => [
    ...forwardingDropped(resource, context),
    ...misleadingEntries(resource, context),
  ],

  inspectRemoval({ node, name, spec }, context) {
    const links = namespaceView(context.view(node), null)?.get(ipProbe)?.links ?? [];
    const ports = links.filter((link) => link.master === name && link.ifname !== spec.macOf);
    const foreign = ports.filter((link) => ownerOfAlias(link.ifalias, context.topology) === 'foreign');
    // If the bridge lost its mark, nothing tells which port is its NIC: the first foreign port is taken for it.
    const others = spec.macOf === undefined ? foreign.slice(1) : foreign;
    const names = others.map((link) => link.ifname).join(', ');
    if (others.length === 0) return [];
    return [
      {
        code: 'NLP06',
        severity: 'error',
        summary: `${name} of ${node} would be deleted, but holds a port that is not ours: ${names}`,
        detail: 'The port would lose its connection.',
        place: { node },
        hint: `take it out first: ${typedLine('ip', 'link', 'set', 'dev', others[0]?.ifname ?? '', 'nomaster')}`,
      },
    ];
  },
};
