import type { ResolvedRouter, ResolvedTopology, RouterPort } from '../../resolve/resolved.ts';
import { address } from '../../kinds/address/spec.ts';
import { netns } from '../../kinds/netns/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { withHostLength } from '../../net/address-text.ts';
import { backendOf } from '../backends/registry.ts';
import { heldOnDevice } from '../existing/device.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { scopeOfMark } from '../rules/scope-mark.ts';
import { releaseBook } from '../releases/release-book.ts';
import { routerRoutes } from './routes.ts';
import { marksOf, routerRules } from './rules.ts';
import { routerSubject } from './subject.ts';
import { gatewaySysctls, nodePortSysctls, routerSysctls, nonAnsweringDevices } from './sysctls.ts';

/**
 * A router, as Neutron's L3 agent creates a legacy router: a namespace that forwards and translates. On a node without
 * namespaces (Grizzly's `use_namespaces = False`) the node itself does.
 */
export const router: NetworkFeature = {
  name: 'router',
  *contribute(topology) {
    for (const one of topology.routers.values()) {
      yield* ofRouter(one, topology.release);
      if (one.netns === null) yield* nonAnsweringDevices(topology, one).map(whole);
    }
  },
  *held({ routers, scopes, release }, existing) {
    const names = new Map([...scopes].map(([name, number]) => [number, name]));
    for (const router of routers.values()) {
      const { netns, gateway, interfaces } = router;
      for (const port of gateway ? [...interfaces, gateway] : interfaces) {
        yield* heldOnDevice(port, backendOf(port).device({ ...port, netns }), existing);
      }
      for (const port of interfaces) {
        const scope = names.get(port.fixedIp.subnet.scope);
        if (scope === undefined) continue;
        for (const { node, mark } of marksOf(router, port, releaseBook(release), existing)) {
          const number = scopeOfMark(mark);
          if (number !== undefined) yield { node, scope, number };
        }
      }
    }
  },

  *subjects({ routers }) {
    for (const one of routers.values()) yield routerSubject(one);
  },
};

function ofRouter(router: ResolvedRouter, release: ResolvedTopology['release']): readonly Contribution[] {
  const { node, gateway, interfaces, origin } = router;
  const found: Contribution[] = router.netns === null ? [] : [whole(netns(node, router.netns, origin))];
  found.push(...routerSysctls(router).map(whole));
  for (const port of gateway ? [...interfaces, gateway] : interfaces) {
    found.push(
      ...backendOf(port)
        .device({ ...port, netns: router.netns })
        .map(whole),
    );
    if (router.netns === null) found.push(...nodePortSysctls(port).map(whole));
    const place = { node, netns: router.netns, device: port.device };
    found.push(...cidrsOf(port).map((cidr) => whole(address(place, cidr, port.origin))));
  }
  if (gateway) found.push(...gatewaySysctls(router, gateway).map(whole));
  for (const route of routerRoutes(router)) found.push(whole(route));
  found.push(...routerRules(router, releaseBook(release)));
  return found;
}

/**
 * The addresses of a router's port, each with its prefix length. Of several in one subnet only the first in Neutron's
 * order has the subnet's; the others are /32 (`_populate_mtu_and_subnets_for_ports` in Neutron's l3_db.py).
 */
function cidrsOf({ fixedIps }: RouterPort): readonly string[] {
  const first = new Map<string, string>();
  for (const { address: own, subnet } of fixedIps) {
    const known = first.get(subnet.id);
    // Neutron's database sorts addresses as text.
    if (known === undefined || own < known) first.set(subnet.id, own);
  }
  return fixedIps.map(({ address: own, subnet }) =>
    first.get(subnet.id) === own ? `${own}/${String(subnet.prefixLength)}` : withHostLength(own),
  );
}
