import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Disturbance, Observed } from '../../model/resource.ts';
import { masterAttribute, nonDefaultAttributes, type Group } from '../../kernel/links/attributes.ts';
import { bridgeOf, ipProbe, linkOfIndex, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsState } from '../../kernel/openvswitch/database.ts';
import { withoutSwitchAttributes } from '../../kernel/openvswitch/health.ts';
import { netnsIdsProbe } from '../../kernel/probes/netns-ids.ts';
import { isNewborn, nodeNamespace, ownerOfAlias, ownerOfLink } from '../../kernel/links/owner.ts';
import { txChecksumsProbe } from './tx-checksums.ts';
import { isVethPair, isVeth } from '../../kernel/links/veth.ts';
import type { VethSpec } from './spec.ts';
import { VETH } from './spec.ts';

/** What a pair is read from. */
interface Around {
  readonly node: string;
  readonly topology: string;
  /** Of the node's own namespace. */
  readonly links: readonly RawLink[];
  readonly ovs: OvsState | undefined;
}

function tapSpec(tap: RawLink | undefined, { topology, links, ovs }: Around): VethSpec['tap'] {
  return {
    name: tap?.ifname ?? '',
    mtu: tap?.mtu ?? 0,
    up: tap?.flags.includes('UP') ?? false,
    bridge: bridgeOf(tap) ?? '',
    attributes: tap ? withoutSwitchAttributes(attributesOf(tap, topology, ['link', 'port'], links), tap, ovs) : {},
  };
}

/** The group in which an end was created is its mark, and set with the alias. */
function attributesOf(
  link: RawLink,
  topology: string,
  ...[groups, links]: readonly [groups: readonly Group[], links: readonly RawLink[]]
): Readonly<Record<string, string>> {
  const { group, ...others } = nonDefaultAttributes(link, groups, links);
  return group === undefined || isNewborn(link, topology) ? others : { group, ...others };
}

/**
 * Returns the pairs of a node that can be ours: a device in a namespace of ours or of a guest, the tap in the node's
 * own namespace. Ends are paired by the numbers each reports of the other. A pair is ours by either end's mark.
 */
export function* observePairs(view: NodeView, topology: string): Iterable<Observed<VethSpec>> {
  const state = nodeNamespace(view)?.get(ipProbe);
  const links = state?.links ?? [];
  const around = { node: view.node, topology, links, ovs: view.get(ovsProbe) };
  const outside = links.filter(isVeth);
  const paired = new Set<RawLink>();
  for (const namespace of view.namespaces) {
    const isGuest = namespace.netns?.startsWith('/') ?? false;
    if (namespace.netns === null || (!isGuest && namespace.mark?.topology !== topology)) continue;
    const inside = (namespace.get(ipProbe)?.links ?? []).filter(isVeth);
    for (const device of inside) {
      // A pair with both ends in the namespace is one object.
      if (device.ifname.startsWith('tap') && inside.some((other) => isVethPair(device, other))) continue;
      const candidate = linkOfIndex(state, device.link_index);
      const isVethOf = candidate?.link_index === device.ifindex && isVeth(candidate);
      const matches = isVethOf && candidate.link_netnsid !== undefined;
      const tap = matches && isTapOf(candidate, namespace, view.get(netnsIdsProbe), topology) ? candidate : undefined;
      const seen = pair(namespace, device, tap, around);
      if (seen.owner === 'ours' && tap) paired.add(tap);
      yield seen;
    }
  }
  // Taps of ours without a device: their namespace has lost its name, and something inside keeps it alive.
  for (const tap of outside) {
    if (paired.has(tap) || ownerOfLink(tap, topology) !== 'ours') continue;
    // A pair with both ends on the node is a `veth-link`.
    if (outside.some((other) => isVethPair(tap, other))) continue;
    const spec: VethSpec = {
      mac: '',
      mtu: 0,
      up: false,
      marked: true,
      attributes: {},
      guest: false,
      tap: tapSpec(tap, around),
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
  const isOurs = ownerOfLink(tap, topology) === 'ours';
  if (isOurs || tap.ifalias !== undefined) return isOurs;
  // A tap that lost its mark: at least it leads to none of the others.
  return ids !== undefined && ![...ids.values()].includes(tap.link_netnsid ?? -1);
}

function pair(namespace: NamespaceView, device: RawLink, tap: RawLink | undefined, around: Around): Observed<VethSpec> {
  const { node, topology } = around;
  const own = ownerOfLink(device, topology);
  const other = ownerOfLink(tap, topology);
  const owner = own === 'foreign' ? other : own;
  const guest = namespace.netns?.startsWith('/') ?? false;
  const spec: VethSpec = {
    mac: device.address ?? '',
    mtu: device.mtu,
    up: device.flags.includes('UP'),
    marked: [device, tap].every((end) => ownerOfAlias(end?.ifalias, topology) === 'ours'),
    attributes: guest ? {} : { ...attributesOf(device, topology, ['link'], []), ...masterAttribute(device) },
    guest,
    ...(namespace.get(txChecksumsProbe)?.has(device.ifname) === true && { txChecksums: false }),
    tap: tapSpec(tap, around),
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
