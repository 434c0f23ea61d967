import { typedLine } from '../../model/command-line.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { ipProbe, linkOf, linkOfIndex } from '../../kernel/probes/ip.ts';
import { netlinkProbe } from '../../kernel/probes/netlink.ts';
import { desiredMacs } from '../veth/spec.ts';
import type { BridgeSpec } from './spec.ts';

/**
 * Reports entries of a bridge that are not learned and lead frames for a MAC of the topology elsewhere than to its
 * port. The kernel never replaces such an entry.
 */
export function misleadingEntries(
  { node, name, spec, origin }: Resource<BridgeSpec>,
  context: KindContext,
): readonly Diagnostic[] {
  const view = context.view(node);
  const own = view && nodeNamespace(view);
  const state = own?.get(ipProbe);
  const bridge = linkOf(state, name)?.ifindex;
  const entries = own?.get(netlinkProbe)?.fixed.filter((entry) => entry.bridge === bridge) ?? [];
  // The address of each port has such an entry, which the kernel adds itself.
  const unusual = entries.filter(({ ifindex, mac }) => linkOfIndex(state, ifindex)?.address !== mac);
  if (unusual.length === 0) return [];
  const macs = desiredMacs(context.desired, name);
  return unusual.flatMap(({ ifindex, mac }): Diagnostic[] => {
    const device = linkOfIndex(state, ifindex)?.ifname;
    const port = macs.get(mac);
    if (device === undefined || port === undefined) return [];
    const side = device === name ? 'self' : 'master';
    if (device === (port.node === node ? port.tap : spec.macOf)) return [];
    return [
      {
        code: 'NLP46',
        severity: 'warning',
        summary: `${name} of ${node} sends frames for ${mac} to ${device === name ? 'the node itself' : device}`,
        detail: `${mac} is at ${port.tap} of ${port.node}. A fixed entry of the bridge says otherwise.`,
        hint: `on ${node}: ${typedLine('bridge', 'fdb', 'del', mac, 'dev', device, side)}`,
        ...(origin.range && { range: origin.range }),
        place: { node },
      },
    ];
  });
}
