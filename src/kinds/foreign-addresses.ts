import { typedLine } from '../model/command-line.ts';
import { nicLabel } from '../kernel/links/alias.ts';
import { ownNodePorts } from '../kernel/links/node-ports.ts';
import { isOwnBridge, nodeNamespace } from '../kernel/links/owner.ts';
import { devicesOnSegment, type SegmentDevice } from '../kernel/links/segment-devices.ts';
import { ipProbe, type RawAddress, type RawLink } from '../kernel/probes/ip.ts';
import { netlinkProbe } from '../kernel/probes/netlink.ts';
import { parseMark } from '../model/mark.ts';
import type { NodeView } from '../model/probe.ts';
import type { ForeignAddress, SegmentLocation, Segments } from '../model/segments.ts';
import { familyOfText } from '../net/address-text.ts';

const KNOWN = new WeakMap<Segments, WeakMap<NodeView, readonly ForeignAddress[]>>();

/**
 * Returns the addresses that a node has or states on the segments of a topology, without the topology's own: those in
 * its namespaces, on its devices and behind them, and those with its label. Kept by view.
 */
export function foreignAddresses(view: NodeView, segments: Segments, topology: string): readonly ForeignAddress[] {
  const byView = KNOWN.get(segments) ?? new WeakMap<NodeView, readonly ForeignAddress[]>();
  KNOWN.set(segments, byView);
  const known = byView.get(view) ?? onSegments(view, segments, topology);
  byView.set(view, known);
  return known;
}

/** What tells the topology's own devices. */
interface Own {
  readonly topology: string;
  readonly ends: Segments['ends'];
  /** Its ports in the node's own namespace. */
  readonly ports: ReadonlySet<RawLink>;
}

function onSegments(view: NodeView, { locations, ends }: Segments, topology: string): readonly ForeignAddress[] {
  const own: Own = { topology, ends, ports: new Set(ownNodePorts(view, topology)) };
  return locations.filter(({ node }) => node === view.node).flatMap((location) => onSegment(view, location, own));
}

function onSegment(view: NodeView, location: SegmentLocation, own: Own): readonly ForeignAddress[] {
  const { topology, ports } = own;
  const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
  const devices = devicesOnSegment(view, location, own).filter(({ link }) => !ports.has(link));
  const at = { segment: location.segment, node: view.node };
  const addresses = devices.flatMap((device) => {
    const { namespace, link } = device;
    const isOwn = namespace.netns === null && isOwnBridge(link, links, topology);
    const label = namespace.netns === null ? nicLabel(link.ifname, topology, isOwn) : undefined;
    return (link.addr_info ?? []).flatMap((raw): ForeignAddress[] =>
      isOfOthers(raw) && (label === undefined || raw.label !== label) ? [addressOn(device, raw, at)] : [],
    );
  });
  return [...addresses, ...neighboursOn(devices, at)];
}

/** False for an address that no other machine can use: of the device itself, or link-local by the kernel. */
function isOfOthers({ local, family, scope }: RawAddress): boolean {
  return local !== undefined && scope !== 'host' && !(family === 'inet6' && scope === 'link');
}

function addressOn(
  { namespace: { netns, mark }, link }: SegmentDevice,
  { local = '', prefixlen }: RawAddress,
  at: Pick<ForeignAddress, 'segment' | 'node'>,
): ForeignAddress {
  const topology = (mark ?? parseMark(link.ifalias))?.topology;
  const words = ['ip', 'addr', 'del', `${local}/${String(prefixlen)}`, 'dev', link.ifname];
  const entered = `--net=${netns?.startsWith('/') === true ? '' : '/run/netns/'}${netns ?? ''}`;
  return {
    ...at,
    netns,
    device: link.ifname,
    address: local,
    by: 'address',
    ...(link.address !== undefined && { mac: link.address }),
    // A bridge of the other topology can have addresses that are the node's.
    ...(netns !== null && topology !== undefined && { topology }),
    command: typedLine(...(netns === null ? [] : ['nsenter', entered]), ...words),
  };
}

function neighboursOn(
  devices: readonly SegmentDevice[],
  at: Pick<ForeignAddress, 'segment' | 'node'>,
): readonly ForeignAddress[] {
  return devices.flatMap(({ namespace: { netns, get }, link }) => {
    if (netns !== null) return [];
    const entries = get(netlinkProbe)?.neighbours.filter(({ ifindex }) => ifindex === link.ifindex) ?? [];
    return entries
      .filter(({ address, proxy, mac }) => proxy || (mac !== undefined && !isMulticast(address)))
      .map(({ address, proxy, mac }): ForeignAddress => ({
        ...at,
        netns,
        device: link.ifname,
        address,
        by: proxy ? 'proxy' : 'neighbour',
        ...(!proxy && mac !== undefined && { mac }),
        command: typedLine('ip', 'neigh', 'del', ...(proxy ? ['proxy'] : []), address, 'dev', link.ifname),
      }));
  });
}

function isMulticast(address: string): boolean {
  return familyOfText(address) === 6 ? /^ff/i.test(address) : Number(address.split('.', 1)[0]) >= 224;
}
