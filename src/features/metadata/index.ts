import { address } from '../../kinds/address/spec.ts';
import { whole } from '../shared/feature.ts';
import type { NetworkFeature } from '../shared/feature.ts';
import { releaseBook } from '../shared/release.ts';

/**
 * What leads an instance's request for its metadata (169.254.169.254, port 80) to a proxy: in a router, rules that redirect it
 * to port 9697 and keep that port from everybody else; beside a DHCP server, the address itself, for subnets without a router.
 * netloom has no metadata service and so runs no proxy: a request is refused, as when Neutron's is not up. Zed's IPv6 address
 * (fe80::a9fe:a9fe) beside the DHCP server is left out.
 */
export const metadata: NetworkFeature = {
  name: 'metadata',
  *contribute({ routers, networks, release }) {
    const { router: books, metadataCidr } = releaseBook(release);
    for (const { node, netns, origin } of routers.values()) {
      for (const book of books) yield* book.fill('metadata', {}, { node, netns, origin });
    }
    for (const { dhcp } of networks.values()) {
      if (dhcp) yield whole(address(dhcp, metadataCidr, dhcp.origin));
    }
  },
};
