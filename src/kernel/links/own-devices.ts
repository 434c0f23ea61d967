import type { NodeView } from '../../model/probe.ts';
import { ovsProbe } from '../openvswitch/database.ts';
import { ownerOfIds } from '../openvswitch/mark.ts';
import { ipProbe } from '../probes/ip.ts';
import { isOwnBridge, nicOfBridge, nodeNamespace, ownerOfLink } from './owner.ts';

/** Devices of the node's own namespace that carry frames of a topology, by their names. */
export interface OwnDevices {
  /** Linux bridges. */
  readonly bridges: ReadonlySet<string>;
  /** Bridges of any mechanism, taps and other links of ours. */
  readonly links: ReadonlySet<string>;
  /** Borrowed NICs. */
  readonly nics: ReadonlySet<string>;
}

/** Returns the devices of a node that carry frames of this topology. */
export function ownDevices(view: NodeView, topology: string): OwnDevices {
  const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
  const ovs = view.get(ovsProbe);
  const bridges = links.filter((link) => isOwnBridge(link, links, topology));
  const own = links.filter((link) => link.ifname !== 'lo' && ownerOfLink(link, topology) === 'ours');
  const ports = [...(ovs?.ports.values() ?? [])].filter(({ ids }) => ownerOfIds(ids, topology) === 'ours');
  const names = new Set(own.concat(bridges).map(({ ifname }) => ifname));
  const nics = bridges.flatMap((bridge) => nicOfBridge(bridge, links) ?? []);
  return {
    bridges: new Set(bridges.flatMap(({ ifname, linkinfo }) => (linkinfo?.info_kind === 'bridge' ? [ifname] : []))),
    links: names,
    nics: new Set([...nics, ...ports.flatMap(({ interfaces }) => interfaces)].filter((name) => !names.has(name))),
  };
}
