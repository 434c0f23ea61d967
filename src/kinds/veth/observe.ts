import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Disturbance, Observed } from '../../model/resource.ts';
import { masterAttribute, nonDefaultAttributes } from '../../kernel/links/attributes.ts';
import { bridgeOf, ipProbe, linkOfIndex, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsState } from '../../kernel/openvswitch/database.ts';
import { withoutSwitchAttributes } from '../../kernel/openvswitch/health.ts';
import { netnsIdsProbe } from '../../kernel/probes/netns-ids.ts';
import { nodeNamespace, ownerOfAlias } from '../../kernel/links/owner.ts';
import { txChecksumsProbe } from './tx-checksums.ts';
import { isVethPair, isVeth } from '../../kernel/links/veth.ts';
import type { VethSpec } from './spec.ts';
import { VETH } from './spec.ts';

function tapSpec(tap: RawLink | undefined, links: readonly RawLink[], ovs: OvsState | undefined): VethSpec['tap'] {
  return {
    name: tap?.ifname ?? '',
    mtu: tap?.mtu ?? 0,
    up: tap?.flags.includes('UP') ?? false,
    bridge: bridgeOf(tap) ?? '',
    attributes: tap ? withoutSwitchAttributes(nonDefaultAttributes(tap, ['link', 'port'], links), tap, ovs) : {},
  };
}

/**
 * Returns the pairs of a node that can be ours: a device in a namespace of ours or of a guest, the tap in the node's
 * own namespace. Ends are paired by the numbers each reports of the other. A pair is ours by either end's mark.
 */
export function* observePairs(view: NodeView, topology: string): Iterable<Observed<VethSpec>> {
  const state = nodeNamespace(view)?.get(ipProbe);
  const links = state?.links ?? [];
  const outside = links.filter(isVeth);
  const paired = new Set<RawLink>();
  for (const namespace of view.namespaces) {
    const isGuest = namespace.netns?.startsWith('/') ?? false;
    if (namespace.netns === null || (!isGuest && namespace.mark?.topology !== topology)) continue;
    const inside = (namespace.get(ipProbe)?.links ?? []).filter(isVeth);
    for (const device of inside) {
      // A pair whose tap has not moved out yet is one object.
      if (device.ifname.startsWith('tap') && inside.some((other) => isVethPair(device, other))) continue;
      const candidate = linkOfIndex(state, device.link_index);
      const isVethOf = candidate?.link_index === device.ifindex && isVeth(candidate);
      const matches = isVethOf && candidate.link_netnsid !== undefined;
      const tap = matches && isTapOf(candidate, namespace, view.get(netnsIdsProbe), topology) ? candidate : undefined;
      const seen = pair(namespace, device, tap, { node: view.node, topology, links, ovs: view.get(ovsProbe) });
      if (seen.owner === 'ours' && tap) paired.add(tap);
      yield seen;
    }
  }
  // Taps of ours without a device: their namespace has lost its name, and something inside keeps it alive.
  for (const tap of outside) {
    if (paired.has(tap) || ownerOfAlias(tap.ifalias, topology) !== 'ours') continue;
    // A pair with both ends on the node is a `veth-link`.
    if (outside.some((other) => isVethPair(tap, other))) continue;
    const spec: VethSpec = {
      mac: '',
      mtu: 0,
      up: false,
      marked: true,
      attributes: {},
      guest: false,
      tap: tapSpec(tap, links, view.get(ovsProbe)),
    };
    const incomplete = 'its other end is in a namespace without a name';
    yield { node: view.node, netns: null, kind: VETH, name: tap.ifname, owner: 'ours', spec, incomplete };
  }
}

/**
 * The numbers of two ends often match by coincidence, since each namespace counts for itself. A tap leads to the
 * namespace of its device. A guest's namespace has no number: there our mark decides, or the absence of a foreign one.
 */
function isTapOf(
  tap: RawLink,
  namespace: NamespaceView,
  ids: ReadonlyMap<string, number> | undefined,
  topology: string,
): boolean {
  const id = ids?.get(namespace.netns ?? '');
  if (id !== undefined) return tap.link_netnsid === id;
  if (tap.ifalias !== undefined) return ownerOfAlias(tap.ifalias, topology) === 'ours';
  // A tap that lost its mark: at least it leads to none of the others.
  return ids !== undefined && ![...ids.values()].includes(tap.link_netnsid ?? -1);
}

interface Around {
  readonly node: string;
  readonly topology: string;
  /** Of the node's own namespace. */
  readonly links: readonly RawLink[];
  readonly ovs: OvsState | undefined;
}

function pair(
  namespace: NamespaceView,
  device: RawLink,
  tap: RawLink | undefined,
  { node, topology, links, ovs }: Around,
): Observed<VethSpec> {
  const own = ownerOfAlias(device.ifalias, topology);
  const other = ownerOfAlias(tap?.ifalias, topology);
  const owner = own === 'foreign' ? other : own;
  const guest = namespace.netns?.startsWith('/') ?? false;
  const spec: VethSpec = {
    mac: device.address ?? '',
    mtu: device.mtu,
    up: device.flags.includes('UP'),
    marked: own === 'ours' && other === 'ours',
    attributes: guest ? {} : { ...nonDefaultAttributes(device, ['link'], []), ...masterAttribute(device) },
    guest,
    ...(namespace.get(txChecksumsProbe)?.has(device.ifname) === true && { txChecksums: false }),
    tap: tapSpec(tap, links, ovs),
  };
  const observed: Observed<VethSpec> = { node, netns: namespace.netns, kind: VETH, name: device.ifname, owner, spec };
  if (owner === 'ours' && tap === undefined) return { ...observed, incomplete: 'its tap is not on the node' };
  if (owner !== 'foreign' || namespace.mark?.topology !== topology) return observed;
  return {
    ...observed,
    ...(tap && { adoptable: true }),
    ...(isFirstOfPair(device, namespace) && { disturbs: disturbanceOf(device.ifname) }),
  };
}

/** Of a pair with both ends in one namespace, deleting the first end deletes the other. */
function isFirstOfPair(device: RawLink, { get }: NamespaceView): boolean {
  const inside = get(ipProbe)?.links ?? [];
  return !inside.some((other) => isVethPair(device, other) && other.ifindex < device.ifindex);
}

function disturbanceOf(name: string): Disturbance {
  return { what: `link ${name} type veth`, why: 'can take traffic of the namespace' };
}
