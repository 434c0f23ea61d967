import type { Diagnostic } from '../../model/diagnostic.ts';
import { contains, overlaps } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import { eachEntry } from '../entries.ts';
import { show } from '../show.ts';
import { subnetsByName } from '../subnets.ts';
import type { LocatedSubnet, Subnets } from '../subnets.ts';
import type { Router } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { subnetPath, subnetsOfRouter } from './facts/subnets.ts';
import type { RouterSubnet } from './facts/subnets.ts';

/** Checks the gateway and the subnets of each router. */
export function checkRouters(t: CheckContext): Diagnostic[] {
  const subnets = subnetsByName(t.doc);
  const found: Diagnostic[] = [];
  eachEntry(t.doc.routers, (name, router) => {
    found.push(...checkGateway(t, name, router));
    found.push(...checkInterfaces(t, name, router, subnets));
    found.push(...checkOverlaps(t, name, router));
  });
  return [...found, ...checkExternal(t)];
}

function checkGateway(t: CheckContext, name: string, router: Router): Diagnostic[] {
  const gateway = router.external_gateway;
  const network = gateway === undefined ? undefined : t.doc.networks?.[gateway.network];
  if (gateway === undefined || network === undefined || network.external === true) return [];
  const at: At = { path: ['routers', name, 'external_gateway', 'network'] };
  const related = [{ message: 'the network', at: { path: ['networks', gateway.network], part: 'key' as const } }];
  const hint = 'set `external: true` on it, or make it an interface';
  return [t.report('NL307', at, `network ${show(gateway.network)} is not external`, { related, hint })];
}

/** Ports get their addresses from subnets, so a network that ports are on needs one. */
function checkExternal(t: CheckContext): Diagnostic[] {
  const empty = (name: string): boolean => {
    const network = t.doc.networks?.[name];
    return network !== undefined && Object.keys(network.subnets ?? {}).length === 0;
  };
  const external = Object.entries(t.doc.networks ?? {})
    .filter(([name, network]) => network.external === true && empty(name))
    .map(([name]) =>
      t.report('NL308', { path: ['networks', name], part: 'key' }, `external network ${show(name)} has no subnet`),
    );
  const ports = Object.entries(t.doc.instances ?? {}).flatMap(([instance, { ports }]) =>
    Object.entries(ports ?? {})
      .filter(([, port]) => empty(port.network) && t.doc.networks?.[port.network]?.external !== true)
      .map(([device, port]) => {
        const at: At = { path: ['instances', instance, 'ports', device, 'network'] };
        const summary = `network ${show(port.network)} has no subnet, so the port has no address`;
        const related = [{ message: 'the network', at: { path: ['networks', port.network], part: 'key' as const } }];
        return t.report('NL315', at, summary, { related });
      }),
  );
  return [...external, ...ports];
}

function checkInterfaces(t: CheckContext, name: string, router: Router, subnets: Subnets): Diagnostic[] {
  return Object.entries(router.interfaces ?? {}).flatMap(([subnetName, port]) => {
    const place = subnets.get(subnetName);
    if (place === undefined || port.fixed_ip_address !== undefined) return [];
    if (place.gateway !== undefined && (!place.network.external || holds(place, place.gateway))) return [];
    const at: At = { path: ['routers', name, 'interfaces', subnetName], part: 'key' };
    const summary = `subnet ${show(subnetName)} has no gateway_ip that the interface could use`;
    const related = [{ message: 'the subnet', at: { path: [...subnetPath(place), 'gateway_ip'] } }];
    return [t.report('NL414', at, summary, { related, hint: 'give the interface a fixed_ip_address' })];
  });
}

function holds({ block }: LocatedSubnet, address: string): boolean {
  return contains(block, parseIp(address));
}

function checkOverlaps(t: CheckContext, name: string, router: Router): Diagnostic[] {
  const { outside, inside } = subnetsOfRouter(t.doc, router);
  // Overlapping subnets of the external network are reported at that network.
  return inside.flatMap((entry, index) => {
    const meets = (before: RouterSubnet): boolean => overlaps(before.place.block, entry.place.block);
    const other = outside.find(meets) ?? inside.slice(0, index).find(meets);
    if (other === undefined) return [];
    if (other.place.networkName === entry.place.networkName && other.place.name !== entry.place.name) return [];
    const related = [{ message: `${other.place.subnet.cidr} is connected here`, at: portAt(name, other.key) }];
    const summary =
      `${entry.place.subnet.cidr} of subnet ${show(entry.place.name)} overlaps ` +
      `${other.place.subnet.cidr} of subnet ${show(other.place.name)} on router ${show(name)}`;
    return [t.report('NL404', portAt(name, entry.key), summary, { related })];
  });
}

/** Where a port of a router is named. */
function portAt(router: string, key: readonly string[]): At {
  return { path: ['routers', router, ...key], part: key[0] === 'interfaces' ? 'key' : 'value' };
}
