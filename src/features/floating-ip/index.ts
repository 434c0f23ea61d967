import { address } from '../../kinds/address/spec.ts';
import { withHostLength } from '../../net/address-text.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { releaseBook } from '../releases/release-book.ts';
import { crossings } from './crossing.ts';

/**
 * A floating IP: its address on the router's gateway device, destination NAT to the fixed address for what comes in and for
 * the router's own packets, and source NAT for what the instance sends. Rules keep the order of the file.
 */
export const floatingIp: NetworkFeature = {
  name: 'floating-ip',
  *contribute({ floatingIps, routers, release }) {
    const { router: books } = releaseBook(release);
    for (const { node, netns, device, address: floating, fixedAddress: fixed, origin } of floatingIps) {
      yield whole(address({ node, netns, device }, withHostLength(floating), origin));
      for (const book of books) yield* book.fill('floating-ip', { floating, fixed }, { node, netns, origin });
    }
    yield* crossings({ floatingIps, routers }, releaseBook(release));
  },
};
