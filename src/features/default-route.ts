import { route } from '../kinds/route/spec.ts';
import type { RouteSpec } from '../kinds/route/spec.ts';
import { addressOf } from '../model/resource.ts';
import type { Netns, Origin, Resource } from '../model/resource.ts';
import { withHostLength } from '../net/address-text.ts';
import { cidrContains } from '../net/block.ts';

/**
 * The default route to a subnet's gateway. A gateway outside its subnet gets an on-link route first, and keeps it:
 * Neutron adds that route too, but deletes it before the default route needs it.
 */
export function defaultRoute(
  place: { readonly node: string; readonly netns: Netns; readonly device: string },
  subnet: { readonly cidr: string; readonly gatewayIp: string | null },
  origin: Origin,
): readonly Resource<RouteSpec>[] {
  const { node, netns, device } = place;
  const { cidr, gatewayIp: gateway } = subnet;
  if (gateway === null) return [];
  const byDefault = route({ node, netns }, 'default', [{ gateway, device }], origin);
  if (cidrContains(cidr, gateway)) return [byDefault];
  const onLink = route({ node, netns }, withHostLength(gateway), [{ device }], origin);
  return [onLink, { ...byDefault, after: [addressOf(onLink)] }];
}
