import { NODE_NAMESPACE } from '../../model/command.ts';
import { isForeignLink } from '../../kernel/links/foreign-link.ts';
import type { OvsState } from '../../kernel/openvswitch/database.ts';
import type { RawLink } from '../../kernel/probes/ip.ts';
import { setLink } from '../../kernel/links/set.ts';
import { running, type Found } from './found.ts';

/**
 * Yields the links of a namespace that are neither ours nor the kernel's. A veth is observed by its own kinds, since
 * one that lost its marks can be ours; an internal port of Open vSwitch by its row.
 */
export function* foreignLinks(links: readonly RawLink[], topology: string, ovs: OvsState | undefined): Iterable<Found> {
  for (const link of links) {
    const { ifname, linkinfo } = link;
    const type = linkinfo?.info_kind ?? '';
    if (!isForeignLink(link, topology, ovs)) continue;
    yield {
      name: `link ${ifname}${type === '' ? '' : ` type ${type}`}`,
      why: 'can take traffic of the namespace',
      // A NIC of the node cannot be deleted.
      removal:
        type === ''
          ? (netns) => setLink(netns, ifname, 'netns', NODE_NAMESPACE)
          : running('ip', 'link', 'del', 'dev', ifname),
    };
  }
}
