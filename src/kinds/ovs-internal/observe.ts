import { namespaceView, type NamespaceView, type NodeView } from '../../model/probe.ts';
import type { Netns, Observed } from '../../model/resource.ts';
import { masterAttribute, nonDefaultAttributes } from '../../kernel/links/attributes.ts';
import { ipProbe, linkOf, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsInterface, type OvsState } from '../../kernel/openvswitch/database.ts';
import { creationFailure, withoutSwitchAttributes } from '../../kernel/openvswitch/health.ts';
import { netnsOfIds, otherIds, ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import { isOwnNodePort, nodeNamespace, ownerOfAlias, ownNamespaces } from '../../kernel/links/owner.ts';
import type { OvsInternalSpec } from './spec.ts';
import { OVS_INTERNAL } from './spec.ts';

/** Returns whether a link is the device of an internal port: a tap, or one of the kernel's datapath. */
export function isDevice(link: RawLink | undefined): link is RawLink {
  return link?.linkinfo?.info_kind === 'tun' || link?.linkinfo?.info_kind === 'openvswitch';
}

/**
 * Returns our internal ports, each in the namespace its row names, and our devices without a row, which a dead switch
 * left behind.
 */
export function* observeInternals(view: NodeView, topology: string): Iterable<Observed<OvsInternalSpec>> {
  const ovs = view.get(ovsProbe);
  const seen = new Set<RawLink>();
  const namespaces = ownNamespaces(view, topology);
  for (const row of ovs?.interfaces.values() ?? []) {
    if (row.type !== 'internal' || ovs?.bridges.has(row.name) === true) continue;
    const found = portNamespace(row, view, namespaces, topology);
    const device = deviceIn(found?.namespace, row.name);
    const isOurs = ownerOfIds(row.ids, topology) === 'ours' || (found !== undefined && isMarked(device, topology));
    if (!isOurs || !ovs) continue;
    if (device) seen.add(device);
    const namesake = linkOf(nodeNamespace(view)?.get(ipProbe), row.name);
    const incomplete = brokenBy(row, device, namesake, found?.netns);
    yield {
      node: view.node,
      netns: found?.netns ?? null,
      kind: OVS_INTERNAL,
      name: row.name,
      owner: 'ours',
      spec: specOf(row, device, ovs, topology, found?.netns),
      ...(incomplete !== undefined && { incomplete }),
    };
  }
  for (const { netns, get } of namespaces) {
    for (const link of get(ipProbe)?.links ?? []) {
      if (!isDevice(link) || seen.has(link) || !isMarked(link, topology)) continue;
      yield leftoverDevice(view.node, netns, link);
    }
  }
  for (const link of nodeNamespace(view)?.get(ipProbe)?.links ?? []) {
    if (isDevice(link) && !seen.has(link) && isOwnNodePort(link, topology)) yield leftoverDevice(view.node, null, link);
  }
}

function isMarked(link: RawLink | undefined, topology: string): boolean {
  return ownerOfAlias(link?.ifalias, topology) === 'ours';
}

function deviceIn(namespace: NamespaceView | undefined, name: string): RawLink | undefined {
  const link = linkOf(namespace?.get(ipProbe), name);
  return isDevice(link) ? link : undefined;
}

interface PortNamespace {
  readonly netns: Netns;
  readonly namespace: NamespaceView | undefined;
}

/**
 * Returns the namespace of a port's device: the one its row names, or, if that was lost, the one that holds a device
 * with our mark.
 */
function portNamespace(
  row: OvsInterface,
  view: NodeView,
  namespaces: readonly NamespaceView[],
  topology: string,
): PortNamespace | undefined {
  const netns = netnsOfIds(row.ids);
  if (netns !== undefined) return { netns, namespace: namespaceView(view, netns) };
  const own = nodeNamespace(view);
  if (isOwnNodePort(linkOf(own?.get(ipProbe), row.name), topology)) return { netns: null, namespace: own };
  const namespace = namespaces.find((one) => isMarked(deviceIn(one, row.name), topology));
  return namespace && { netns: namespace.netns, namespace };
}

/**
 * The switch holds the device if it has carrier and the node's own namespace has none of its name; the database only
 * knows the name.
 */
function brokenBy(
  row: OvsInterface,
  device: RawLink | undefined,
  namesake: RawLink | undefined,
  netns: Netns | undefined,
): string | undefined {
  const reason = creationFailure(row);
  if (reason !== undefined) return reason;
  if (netns === undefined) return 'its row names no namespace';
  if (netns !== null && isDevice(namesake)) return 'the device that the switch holds is not in its namespace';
  if (device === undefined) return 'its device is missing';
  return device.flags.includes('UP') && !device.flags.includes('LOWER_UP')
    ? 'the switch does not hold its device any more'
    : undefined;
}

function specOf(
  row: OvsInterface,
  device: RawLink | undefined,
  ovs: OvsState,
  topology: string,
  netns: Netns | undefined,
): OvsInternalSpec {
  const port = ovs.ports.get(row.name);
  return {
    mac: device?.address ?? row.mac,
    mtu: device?.mtu ?? row.mtuRequest ?? 0,
    up: device?.flags.includes('UP') ?? false,
    marked:
      ownerOfIds(row.ids, topology) === 'ours' &&
      netnsOfIds(row.ids) !== undefined &&
      (netns === null ? isOwnNodePort(device, topology) : isMarked(device, topology)),
    bridge: port?.bridge ?? '',
    tag: port?.tag ?? null,
    ids: otherIds(row.ids),
    attributes: device
      ? {
          ...withoutSwitchAttributes(nonDefaultAttributes(device, ['link'], []), device, ovs),
          ...(netns === null ? {} : masterAttribute(device)),
        }
      : {},
  };
}

function leftoverDevice(node: string, netns: Netns, link: RawLink): Observed<OvsInternalSpec> {
  const spec: OvsInternalSpec = {
    mac: link.address ?? '',
    mtu: link.mtu,
    up: link.flags.includes('UP'),
    marked: true,
    bridge: '',
    tag: null,
    ids: {},
    attributes: {},
  };
  const incomplete = 'no switch holds it';
  return { node, netns, kind: OVS_INTERNAL, name: link.ifname, owner: 'ours', spec, incomplete };
}
