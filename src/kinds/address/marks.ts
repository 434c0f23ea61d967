import { nicLabel } from '../../kernel/links/alias.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import type { Marks } from '../../model/trace.ts';

/**
 * Labels of addresses on a NIC: they hold a hash of the topology's name, so only a process that knows the name
 * recognises it.
 */
export const labelMarks: Marks = {
  probes: [ipProbe],
  *unnamed(view, topologies) {
    for (const { ifname, addr_info: addresses = [] } of nodeNamespace(view)?.get(ipProbe)?.links ?? []) {
      const known = new Set(topologies.map((topology) => nicLabel(ifname, topology, false)));
      for (const { local = '', prefixlen, label } of addresses) {
        const suffix = label?.startsWith(`${ifname}:`) ? label.slice(ifname.length + 1) : '';
        if (label === undefined || !/^[0-9a-f]{4}$/.test(suffix) || known.has(label)) continue;
        yield { node: view.node, device: ifname, cidr: `${local}/${prefixlen}`, label };
      }
    }
  },
};
