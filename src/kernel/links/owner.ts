import { parseMark, type Mark } from '../../model/mark.ts';
import { borrowedNic, isNodePortAlias, isOvsBridgeAlias } from './alias.ts';
import type { RawLink } from '../probes/ip.ts';
import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Owner } from '../../model/resource.ts';

/** Who a mark says an object belongs to. */
export function ownerOf(mark: Mark | undefined, topology: string): Owner {
  if (mark === undefined) return 'foreign';
  return mark.topology === topology ? 'ours' : { topology: mark.topology };
}

/** Who a link belongs to, by its alias. */
export function ownerOfAlias(alias: string | undefined, topology: string): Owner {
  return ownerOf(parseMark(alias), topology);
}

/** The named namespaces of a node that carry this topology's mark. */
export function ownNamespaces(view: NodeView, topology: string): readonly NamespaceView[] {
  return view.namespaces.filter((n) => n.netns !== null && n.mark?.topology === topology);
}

/** A bridge, of the kernel or of Open vSwitch; of the latter only one with our mark can be told from any other tap. */
export function isBridge(link: RawLink | undefined): boolean {
  return link?.linkinfo?.info_kind === 'bridge' || isOvsBridgeAlias(link?.ifalias);
}

/**
 * A bridge of ours: by its mark, or, where that is lost, by a port that can only be in one of ours.
 */
export function isOwnBridge(link: RawLink | undefined, links: readonly RawLink[], topology: string): boolean {
  if (isOvsBridgeAlias(link?.ifalias)) return ownerOfAlias(link?.ifalias, topology) === 'ours';
  if (link?.linkinfo?.info_kind !== 'bridge') return false;
  if (link.ifalias !== undefined) return ownerOfAlias(link.ifalias, topology) === 'ours';
  return links.some((port) => port.master === link.ifname && ownerOfAlias(port.ifalias, topology) === 'ours');
}

/** The NIC a bridge borrowed: its mark names it; where that is lost, it is the one port that nobody has marked. */
export function nicOfBridge(bridge: RawLink, links: readonly RawLink[]): string | undefined {
  if (bridge.ifalias !== undefined) return borrowedNic(bridge.ifalias);
  const [port, ...more] = links.filter(
    (other) => other.master === bridge.ifname && parseMark(other.ifalias) === undefined,
  );
  return more.length === 0 ? port?.ifname : undefined;
}

/** A port of ours that stays in the node's own namespace, as a router's there: what is on it is ours. */
export function isOwnPort(link: RawLink | undefined, topology: string): boolean {
  return isNodePortAlias(link?.ifalias) && ownerOfAlias(link?.ifalias, topology) === 'ours';
}

/** The node's own namespace. */
export function nodeNamespace(view: NodeView): NamespaceView | undefined {
  return view.namespaces.find((n) => n.netns === null);
}
