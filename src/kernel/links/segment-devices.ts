import { namespaceView, type NamespaceView, type NodeView } from '../../model/probe.ts';
import type { SegmentLocation } from '../../model/segments.ts';
import { ovsProbe, type OvsPort, type OvsState } from '../openvswitch/database.ts';
import { ownerOfIds } from '../openvswitch/mark.ts';
import { bridgeOf, ipProbe, linkOf, type RawLink } from '../probes/ip.ts';
import { netnsIdsProbe } from '../probes/netns-ids.ts';
import { isBridge, ownerOfLink } from './owner.ts';
import { isVeth } from './veth.ts';

/** A device whose frames are on a segment. */
export interface SegmentDevice {
  readonly namespace: NamespaceView;
  readonly link: RawLink;
}

/** What ends the search: behind it is the topology's own. */
export interface OwnEnds {
  readonly topology: string;
  /** Devices of ours in the node's own namespace, each `NODE DEVICE`. */
  readonly ends: ReadonlySet<string>;
}

/** Devices that send and receive by the one below them, under MACs or addresses of their own. */
const ABOVE: ReadonlySet<string> = new Set(['macvlan', 'macvtap', 'ipvlan', 'ipvtap']);

/**
 * Returns the devices of a node that are on a segment and not the topology's own: the NIC, the bridge that it is in,
 * the other ports of that bridge with what is at their other ends, and so on, in all namespaces that were read. The
 * bridge itself is among them also if it is ours: it has the addresses of the NIC. Of a bridge that filters VLANs
 * nothing is known but the NIC.
 */
export function devicesOnSegment(view: NodeView, location: SegmentLocation, own: OwnEnds): readonly SegmentDevice[] {
  const walk = new Walk(view, own);
  walk.begin(location);
  return [...walk.found.values()];
}

class Walk {
  readonly found = new Map<string, SegmentDevice>();
  readonly #view: NodeView;
  readonly #own: OwnEnds;
  readonly #ovs: OvsState | undefined;
  readonly #domains = new Set<string>();

  constructor(view: NodeView, own: OwnEnds) {
    this.#view = view;
    this.#own = own;
    this.#ovs = view.get(ovsProbe);
  }

  begin({ nic, vlan }: SegmentLocation): void {
    const root = namespaceView(this.#view, null);
    const link = linkOf(root?.get(ipProbe), nic);
    if (!root || !link) return;
    if (vlan === null) {
      this.#enter(root, link);
      return;
    }
    const port = this.#portOf(nic);
    if (port?.tag === null) this.#enterDomain(port.bridge, vlan);
    const below = [link, linkOf(root.get(ipProbe), bridgeOf(link) ?? '')];
    for (const device of below) if (device) this.#enterUppers(root, device, (upper) => isVlan(upper, vlan));
  }

  /** Adds a device whose untagged frames are the segment's, and all that is behind it. */
  #enter(namespace: NamespaceView, link: RawLink): void {
    const { netns } = namespace;
    const key = `${netns ?? ''} ${String(link.ifindex)}`;
    if (this.found.has(key) || this.#isOwn(namespace, link)) return;
    this.found.set(key, { namespace, link });
    const { links = [] } = namespace.get(ipProbe) ?? {};
    const master = linkOf(namespace.get(ipProbe), bridgeOf(link) ?? '');
    if (master?.linkinfo?.info_kind === 'bridge' && !filtersVlans(master)) this.#enter(namespace, master);
    if (link.linkinfo?.info_kind === 'bridge' && !filtersVlans(link)) {
      for (const port of links) if (port.master === link.ifname) this.#enter(namespace, port);
    }
    const port = netns === null ? this.#portOf(link.ifname) : undefined;
    if (port) this.#enterDomain(port.bridge, port.tag);
    if (isVeth(link)) this.#enterPeer(namespace, link);
    this.#enterUppers(namespace, link, ({ linkinfo }) => ABOVE.has(linkinfo?.info_kind ?? ''));
  }

  #isOwn({ netns, mark }: NamespaceView, link: RawLink): boolean {
    const { topology, ends } = this.#own;
    if (netns !== null && mark?.topology === topology) return true;
    if (ownerOfLink(link, topology) === 'ours' && !isBridge(link)) return true;
    return netns === null && ends.has(`${this.#view.node} ${link.ifname}`);
  }

  #portOf(name: string): OvsPort | undefined {
    if (this.#ovs?.interfaces.get(name)?.type !== '') return undefined;
    return (
      this.#ovs.ports.get(name) ?? [...this.#ovs.ports.values()].find(({ interfaces }) => interfaces.includes(name))
    );
  }

  // The numbers of two ends often match by coincidence: the one in the node's namespace tells where the other is.
  #enterPeer(namespace: NamespaceView, link: RawLink): void {
    const { links = [] } = namespace.get(ipProbe) ?? {};
    const beside = link.link_netnsid === undefined ? links.find(({ ifname }) => ifname === link.link) : undefined;
    if (beside) this.#enter(namespace, beside);
    if (link.link_netnsid === undefined || namespace.netns !== null) return;
    const ids = this.#view.get(netnsIdsProbe);
    const named = [...(ids ?? [])].find(([, id]) => id === link.link_netnsid)?.[0];
    for (const other of this.#view.namespaces) {
      if (other.netns === null || (named === undefined ? !other.netns.startsWith('/') : other.netns !== named))
        continue;
      const peer = other
        .get(ipProbe)
        ?.links.find((each) => isVeth(each) && each.ifindex === link.link_index && each.link_index === link.ifindex);
      if (peer) this.#enter(other, peer);
    }
  }

  /** Adds the devices above one; in another namespace `ip` prints the number of the one below, not its name. */
  #enterUppers(namespace: NamespaceView, below: RawLink, isOne: (upper: RawLink) => boolean): void {
    for (const other of this.#view.namespaces) {
      if (other !== namespace && namespace.netns !== null) continue;
      for (const upper of other.get(ipProbe)?.links ?? []) {
        const isOn =
          other === namespace
            ? upper.link === below.ifname && upper.link_netnsid === undefined
            : upper.link_index === below.ifindex && upper.link_netnsid !== undefined;
        if (isOn && isOne(upper)) this.#enter(other, upper);
      }
    }
  }

  /** Adds what is in a VLAN of a bridge of Open vSwitch. A port without a tag carries the VLANs with their tags. */
  #enterDomain(bridge: string, tag: number | null): void {
    const key = `${bridge} ${String(tag)}`;
    const root = namespaceView(this.#view, null);
    if (this.#domains.has(key) || !root || !this.#ovs) return;
    this.#domains.add(key);
    const local = linkOf(root.get(ipProbe), bridge);
    if (local && tag !== null) this.#enterUppers(root, local, (upper) => isVlan(upper, tag));
    for (const port of this.#ovs.ports.values()) {
      const isOurs = port.name !== bridge && ownerOfIds(port.ids, this.#own.topology) === 'ours';
      if (port.bridge !== bridge || isOurs || (port.tag !== tag && port.tag !== null)) continue;
      for (const name of port.interfaces) this.#enterInterface(name, port.tag, tag);
    }
  }

  #enterInterface(name: string, portTag: number | null, tag: number | null): void {
    const row = this.#ovs?.interfaces.get(name);
    if (!row) return;
    if (row.type === 'patch') {
      const peer = this.#ovs?.ports.get(row.options.get('peer') ?? '');
      if (!peer) return;
      if (portTag === tag) this.#enterDomain(peer.bridge, peer.tag);
      else if (peer.tag === null) this.#enterDomain(peer.bridge, tag);
      return;
    }
    if (portTag !== tag || (row.type !== '' && row.type !== 'internal')) return;
    for (const namespace of this.#view.namespaces) {
      const link = linkOf(namespace.get(ipProbe), name);
      // Elsewhere another device may have the name.
      const isIt = namespace.netns === null || (row.type === 'internal' && link?.address === row.macInUse);
      if (link && isIt) this.#enter(namespace, link);
    }
  }
}

function isVlan({ linkinfo }: RawLink, tag: number): boolean {
  return linkinfo?.info_kind === 'vlan' && linkinfo.info_data?.['id'] === tag;
}

function filtersVlans({ linkinfo }: RawLink): boolean {
  return Number(linkinfo?.info_data?.['vlan_filtering'] ?? 0) !== 0;
}
