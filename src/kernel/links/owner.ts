import { parseMark, type Mark } from '../../model/mark.ts';
import { birthGroup, borrowedNic, isNodePortAlias, isOvsBridgeAlias } from './alias.ts';
import { isVeth } from './veth.ts';
import type { RawLink } from '../probes/ip.ts';
import type { NamespaceView, NodeView } from '../../model/probe.ts';
import type { Owner } from '../../model/resource.ts';

/** Returns the owner that a mark states. */
export function ownerOf(mark: Mark | undefined, topology: string): Owner {
  if (mark === undefined) return 'foreign';
  return mark.topology === topology ? 'ours' : { topology: mark.topology };
}

/** Returns the owner of a link, by its alias. */
export function ownerOfAlias(alias: string | undefined, topology: string): Owner {
  return ownerOf(parseMark(alias), topology);
}

/** True for an end of a veth pair of ours that was created and has not got its alias yet. */
export function isNewborn(link: RawLink, topology: string): boolean {
  return link.ifalias === undefined && link.group === birthGroup(topology) && isVeth(link);
}

/** Returns the owner of a link: by its alias or, before a veth has one, by the group in which it was created. */
export function ownerOfLink(link: RawLink | undefined, topology: string): Owner {
  if (link === undefined) return 'foreign';
  return isNewborn(link, topology) ? 'ours' : ownerOfAlias(link.ifalias, topology);
}

/** Returns the named namespaces of a node that carry this topology's mark. */
export function ownNamespaces(view: NodeView, topology: string): readonly NamespaceView[] {
  return view.namespaces.filter((n) => n.netns !== null && n.mark?.topology === topology);
}

/**
 * True for a Linux bridge, and for the device of an Open vSwitch bridge with our mark (without the mark it looks like
 * any tap).
 */
export function isBridge(link: RawLink | undefined): boolean {
  return link?.linkinfo?.info_kind === 'bridge' || isOvsBridgeAlias(link?.ifalias);
}

/** True for a bridge of ours: it carries our mark or, if the mark is lost, has a port that carries it. */
export function isOwnBridge(link: RawLink | undefined, links: readonly RawLink[], topology: string): boolean {
  if (isOvsBridgeAlias(link?.ifalias)) return ownerOfAlias(link?.ifalias, topology) === 'ours';
  if (link?.linkinfo?.info_kind !== 'bridge') return false;
  if (link.ifalias !== undefined) return ownerOfAlias(link.ifalias, topology) === 'ours';
  return links.some((port) => port.master === link.ifname && ownerOfAlias(port.ifalias, topology) === 'ours');
}

/**
 * Returns the NIC that a bridge borrowed. The bridge's mark names it; if the mark is lost, it is the only port without
 * a mark.
 */
export function nicOfBridge(bridge: RawLink, links: readonly RawLink[]): string | undefined {
  if (bridge.ifalias !== undefined) return borrowedNic(bridge.ifalias);
  const [port, ...more] = links.filter(
    (other) => other.master === bridge.ifname && parseMark(other.ifalias) === undefined,
  );
  return more.length === 0 ? port?.ifname : undefined;
}

/** True for our internal port in the node's own namespace, by its alias; everything on it is ours. */
export function isOwnNodePort(link: RawLink | undefined, topology: string): boolean {
  return isNodePortAlias(link?.ifalias) && ownerOfAlias(link?.ifalias, topology) === 'ours';
}

/** Returns the view of the node's own namespace. */
export function nodeNamespace(view: NodeView): NamespaceView | undefined {
  return view.namespaces.find((n) => n.netns === null);
}
