import type { NodeView } from '../../model/probe.ts';
import { ipProbe, type RawLink } from '../probes/ip.ts';
import { netnsOfIds, ownerOfIds } from '../openvswitch/mark.ts';
import { ovsProbe } from '../openvswitch/database.ts';
import { isOwnPort, nodeNamespace } from './owner.ts';

/**
 * The internal ports of ours that stay in the node's own namespace, as a router's there: what is on them is ours. One that lost its alias is known
 * by its row in the switch.
 */
export function ownPorts(view: NodeView, topology: string): readonly RawLink[] {
  const rows = view.get(ovsProbe)?.interfaces;
  return (nodeNamespace(view)?.get(ipProbe)?.links ?? []).filter((link) => {
    if (isOwnPort(link, topology)) return true;
    const row = link.ifalias === undefined ? rows?.get(link.ifname) : undefined;
    return row?.type === 'internal' && ownerOfIds(row.ids, topology) === 'ours' && netnsOfIds(row.ids) === null;
  });
}
