import type { Diagnostic } from '../../model/diagnostic.ts';
import { fromEntries } from '../entries.ts';
import { outsideSubnets } from '../outside.ts';
import { addressesOf } from '../port-addresses.ts';
import { show } from '../show.ts';
import { subnetsIn } from '../subnets.ts';
import { suggestion } from '../suggest.ts';
import type { ExternalGateway, Router } from '../types.gen.ts';
import type { Path } from '../valid.ts';
import type { CheckContext } from './context.ts';
import { subnetPath } from './facts/subnets.ts';

/** Checks which address of each router's gateway SNAT uses, and which subnet has the default route. */
export function checkGatewayChoices(t: CheckContext): Diagnostic[] {
  return fromEntries(t.doc.routers, (name, router) => {
    const { external_gateway: gateway } = router;
    if (gateway === undefined) return [];
    const path = ['routers', name, 'external_gateway'];
    return [...checkSnatAddress(t, gateway, path), ...checkDefaultRoute(t, router, gateway, path)];
  }).flat();
}

function checkSnatAddress(t: CheckContext, gateway: ExternalGateway, path: Path): Diagnostic[] {
  const { snat_ip_address: address, enable_snat: enabled = true } = gateway;
  if (address === undefined) return [];
  const at = { path: [...path, 'snat_ip_address'] };
  const held = addressesOf(gateway);
  if (held.includes(address)) {
    if (enabled) return [];
    const related = [{ message: 'SNAT is off', at: { path: [...path, 'enable_snat'] } }];
    const summary = 'the router does no SNAT, so `snat_ip_address` has no effect';
    return [t.report('NL685', at, summary, { related, hint: 'remove one of the two', severity: 'warning' })];
  }
  const field = gateway.fixed_ips === undefined ? 'fixed_ip_address' : 'fixed_ips';
  const related = held.length === 0 ? [] : [{ message: 'its addresses', at: { path: [...path, field] } }];
  const hint =
    held.length === 0
      ? `write \`fixed_ip_address: ${address}\`, or list all addresses of the gateway in \`fixed_ips\``
      : `choose from: ${held.join(', ')}; or add ${address} to \`fixed_ips\``;
  return [t.report('NL683', at, `${address} is not an address that the gateway is given`, { related, hint })];
}

function checkDefaultRoute(t: CheckContext, router: Router, gateway: ExternalGateway, path: Path): Diagnostic[] {
  const { default_route_subnet: name, network } = gateway;
  // A malformed or unknown network is reported itself.
  if (name === undefined || t.doc.networks?.[network] === undefined) return [];
  const at = { path: [...path, 'default_route_subnet'] };
  const { places } = subnetsIn(t.doc, network);
  const place = places.find((one) => one.name === name);
  if (place === undefined) {
    const related = [{ message: 'the network', at: { path: ['networks', network], part: 'key' as const } }];
    const all = places.map((one) => one.name);
    const summary = `network ${show(network)} has no subnet ${show(name)}`;
    return [t.report('NL684', at, summary, { related, hint: suggestion(name, all) })];
  }
  if (place.gateway === undefined) {
    const related = [{ message: 'the subnet', at: { path: [...subnetPath(place), 'gateway_ip'] } }];
    const summary = `subnet ${show(name)} has no gateway_ip for a default route`;
    return [t.report('NL684', at, summary, { related, hint: 'give the subnet a gateway_ip, or name another subnet' })];
  }
  if (outsideSubnets(t.doc, router).routed.includes(place)) {
    const { cidr } = place.subnet;
    const route = (router.routes ?? []).findIndex(({ destination }) => destination === cidr);
    const related = [{ message: `the route to ${cidr}`, at: { path: [...path.slice(0, -1), 'routes', route] } }];
    const summary = `${place.gateway} is in ${cidr}, which the router itself reaches through a next hop`;
    return [t.report('NL684', at, summary, { related, hint: 'remove the route, or name another subnet' })];
  }
  const own = (router.routes ?? []).findIndex(({ destination }) => destination === '0.0.0.0/0');
  if (own < 0) return [];
  const related = [{ message: 'its own default route', at: { path: [...path.slice(0, -1), 'routes', own] } }];
  const summary = 'the router has a default route of its own, so `default_route_subnet` has no effect';
  return [t.report('NL685', at, summary, { related, hint: 'remove one of the two', severity: 'warning' })];
}
