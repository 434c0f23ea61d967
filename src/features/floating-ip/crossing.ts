import type { ResolvedFloatingIp, ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';
import type { Contribution } from '../../model/feature.ts';
import type { ReleaseBook } from '../releases/release-book.ts';
import { scopeMark } from '../rules/scope-mark.ts';

/**
 * Floating IPs whose fixed address is in another address scope than the external network: they connect the two scopes.
 */
export function* crossings(
  { floatingIps, routers }: Pick<ResolvedTopology, 'floatingIps' | 'routers'>,
  { router: books }: ReleaseBook,
): Generator<Contribution> {
  const crossed = new Set<ResolvedRouter>();
  for (const one of floatingIps) {
    const router = routers.get(one.router);
    if (router === undefined || !crosses(one, router)) continue;
    crossed.add(router);
    const { node, netns, address: floating, fixedAddress: fixed, fixedScope, origin } = one;
    const variables = { floating, fixed, mark: scopeMark(fixedScope) };
    for (const book of books) yield* book.fill('crossing', variables, { node, netns, origin });
  }
  for (const { node, netns, interfaces, gateway } of crossed) {
    if (gateway === undefined) continue;
    const outside = gateway.fixedIp.subnet.scope;
    for (const { device, fixedIp, origin } of [...interfaces, gateway]) {
      if (fixedIp.subnet.scope !== outside) continue;
      const variables = { device, mark: scopeMark(outside) };
      for (const book of books) yield* book.fill('crossing-exit', variables, { node, netns, origin });
    }
  }
}

function crosses({ fixedScope }: ResolvedFloatingIp, { gateway }: ResolvedRouter): boolean {
  return gateway !== undefined && gateway.fixedIp.subnet.scope !== fixedScope;
}
