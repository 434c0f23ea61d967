import type { NodeView } from '../../model/probe.ts';
import { ipProbe, type RawLink } from '../probes/ip.ts';
import { netnsOfIds, ownerOfIds } from '../openvswitch/mark.ts';
import { ovsProbe } from '../openvswitch/database.ts';
import { isOwnNodePort, nodeNamespace } from './owner.ts';

/**
 * Returns our internal ports that stay in the node's own namespace (ports of a router without a namespace); everything
 * on them is ours. A port that lost its alias is identified by its row in Open vSwitch.
 */
export function ownNodePorts(view: NodeView, topology: string): readonly RawLink[] {
  const rows = view.get(ovsProbe)?.interfaces;
  return (nodeNamespace(view)?.get(ipProbe)?.links ?? []).filter((link) => {
    if (isOwnNodePort(link, topology)) return true;
    const row = link.ifalias === undefined ? rows?.get(link.ifname) : undefined;
    return row?.type === 'internal' && ownerOfIds(row.ids, topology) === 'ours' && netnsOfIds(row.ids) === null;
  });
}
