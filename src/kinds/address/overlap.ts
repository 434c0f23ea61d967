import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { familyOfText } from '../../net/address-text.ts';
import { overlaps, parseBlock } from '../../net/block.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { ownNodePorts } from '../../kernel/links/node-ports.ts';
import type { AddressSpec } from './spec.ts';

/**
 * Reports that a port of ours in the node's own namespace can't have its address: a link of the node is on that network
 * already, and packets of the node to it would leave through either of the two.
 */
export function overlapsNode(
  { node, netns, spec, origin }: Resource<AddressSpec>,
  _change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  if (netns !== null || spec.nic !== undefined || familyOfText(spec.cidr) === 6) return [];
  const own = parseBlock(spec.cidr);
  const view = context.view(node);
  const ports = view ? ownNodePorts(view, context.topology) : [];
  for (const link of namespaceView(view, null)?.get(ipProbe)?.links ?? []) {
    if (link.ifname === 'lo' || ports.includes(link)) continue;
    for (const { family, local, prefixlen } of link.addr_info ?? []) {
      if (family !== 'inet' || local === undefined) continue;
      const cidr = `${local}/${String(prefixlen)}`;
      if (!overlaps(own, parseBlock(cidr))) continue;
      return [
        {
          code: 'NLP13',
          severity: 'error',
          summary: `${spec.cidr} overlaps ${cidr}, which ${node} itself has on ${link.ifname}`,
          detail: `${spec.device} is in the node's own namespace, beside the node's own addresses.`,
          place: { node },
          hint: `give the subnet another range, or let ${node} use namespaces (leave use_namespaces out)`,
          ...(origin.range && { range: origin.range }),
        },
      ];
    }
  }
  return [];
}
