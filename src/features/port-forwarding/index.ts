import type { ResolvedPortForwarding } from '../../resolve/resolved.ts';
import { address } from '../../kinds/address/spec.ts';
import { withHostLength } from '../../net/address-text.ts';
import { formatPorts, sizeOf } from '../../net/ports.ts';
import { byNode, MARKER, valuesInRules } from '../existing/rules.ts';
import { heldTarget } from '../existing/target.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { floatingSubject } from '../floating-subject.ts';
import { releaseBook } from '../releases/release-book.ts';

/**
 * Port forwardings: the floating IP's address on the router's gateway device, and destination NAT of some of its ports.
 * A router has the chains only if it has port forwardings. As in Neutron, packets of the router itself are not
 * forwarded.
 */
export const portForwarding: NetworkFeature = {
  name: 'port-forwarding',
  *contribute({ forwardedIps, release }) {
    const { router: books } = releaseBook(release);
    const opened = new Set<string>();
    for (const { node, netns, device, router, address: floating, forwardings, origin } of forwardedIps) {
      yield whole(address({ node, netns, device }, withHostLength(floating), origin));
      for (const book of books) {
        if (!opened.has(router)) yield* book.fill('port-forwardings', {}, { node, netns, origin });
        for (const one of forwardings) {
          yield* book.fill('port-forwarding', { floating, ...variables(one) }, { node, netns, origin: one.origin });
        }
      }
      opened.add(router);
    }
  },
  *held({ forwardedIps, instances, release }, existing) {
    const ports = [...instances.values()].flatMap((instance) => instance.ports);
    for (const { id, node, netns, forwardings, origin } of forwardedIps) {
      for (const one of forwardings) {
        const fixedAddress = heldTarget(one.fixedAddress, ports, existing);
        const given = { floating: MARKER, ...variables({ ...one, fixedAddress }) };
        for (const book of releaseBook(release).router) {
          const rules = book.fill('port-forwarding', given, { node, netns, origin });
          for (const found of byNode(valuesInRules(rules, MARKER, existing))) yield { port: id, ...found };
        }
      }
    }
  },

  *subjects({ forwardedIps }) {
    for (const one of forwardedIps) {
      const number = one.forwardings.length;
      yield floatingSubject(one, number === 1 ? '1 port forwarding' : `${String(number)} port forwardings`);
    }
  },
};

function variables({
  chain,
  protocol,
  external,
  internal,
  fixedAddress,
}: ResolvedPortForwarding): Record<string, string> {
  // Without the first external port, the kernel would choose any of the internal ports.
  const offset = sizeOf(internal) === 1 ? '' : `/${String(external.first)}`;
  return {
    chain,
    protocol,
    external: formatPorts(external),
    fixed: fixedAddress,
    internal: formatPorts(internal, '-') + offset,
  };
}
