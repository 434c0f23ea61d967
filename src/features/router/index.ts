import type { ResolvedRouter, ResolvedTopology } from '../../compile/resolve/resolved.ts';
import { address } from '../../kinds/address/spec.ts';
import { netns } from '../../kinds/netns/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { whole } from '../shared/feature.ts';
import type { NetworkFeature } from '../shared/feature.ts';
import { plug } from '../shared/plug.ts';
import { releaseBook } from '../shared/release.ts';
import { routerRoutes } from './routes.ts';
import { routerRules } from './rules.ts';
import { gatewaySysctls, routerSysctls } from './sysctls.ts';

/** A router, as Neutron's L3 agent makes a legacy one: a namespace that forwards and translates. */
export const router: NetworkFeature = {
  name: 'router',
  *contribute({ routers, release }) {
    for (const one of routers.values()) yield* ofRouter(one, release);
  },
};

function* ofRouter(router: ResolvedRouter, release: ResolvedTopology['release']): Generator<Contribution> {
  const { node, gateway, interfaces, origin } = router;
  yield whole(netns(node, router.netns, origin));
  for (const sysctl of routerSysctls(router)) yield whole(sysctl);
  for (const port of gateway ? [...interfaces, gateway] : interfaces) {
    for (const resource of plug({ ...port, netns: router.netns })) yield whole(resource);
    const { address: own, subnet } = port.fixedIp;
    const place = { node, netns: router.netns, device: port.device };
    yield whole(address(place, `${own}/${String(subnet.prefixLength)}`, port.origin));
  }
  if (gateway) for (const sysctl of gatewaySysctls(router, gateway)) yield whole(sysctl);
  for (const route of routerRoutes(router)) yield whole(route);
  yield* routerRules(router, releaseBook(release));
}
