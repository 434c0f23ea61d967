import { address } from '../../kinds/address/spec.ts';
import { withHostLength } from '../../net/address-text.ts';
import { byNode, MARKER, valuesInRules } from '../existing/rules.ts';
import { heldTarget } from '../existing/target.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { floatingSubject } from '../floating-subject.ts';
import { releaseBook } from '../releases/release-book.ts';
import { crossings } from './crossing.ts';

/**
 * A floating IP: its address on the router's gateway device, destination NAT to the fixed address for incoming packets
 * and for packets of the router itself, and source NAT for packets of the instance. Rules are in the order of the file.
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
  *held({ floatingIps, instances, release }, existing) {
    const all = [...instances.values()].flatMap(({ ports }) => ports);
    for (const { id, node, netns, fixedAddress, instance, origin } of floatingIps) {
      const ports = instance === undefined ? all : (instances.get(instance)?.ports ?? []);
      const fixed = heldTarget(fixedAddress, ports, existing);
      for (const book of releaseBook(release).router) {
        const rules = book.fill('floating-ip', { floating: MARKER, fixed }, { node, netns, origin });
        for (const found of byNode(valuesInRules(rules, MARKER, existing))) yield { port: id, ...found };
      }
    }
  },

  *subjects({ floatingIps }) {
    for (const one of floatingIps) yield floatingSubject(one, `to ${one.instance ?? one.fixedAddress}`);
  },
};
