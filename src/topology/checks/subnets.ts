import type { Diagnostic } from '../../model/diagnostic.ts';
import { overlapping } from '../../net/block-map.ts';
import { contains, hasHostBits, networkOf, overlaps, reservedIn } from '../../net/block.ts';
import type { Block } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import { show } from '../show.ts';
import { subnetsIn, subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { Subnet } from '../types.gen.ts';
import type { CheckContext } from './context.ts';
import { subnetPath } from './facts/subnets.ts';
import { reserved, reservedAddress } from './reserved.ts';

/** Checks each subnet, also against the others of its network. */
export function checkSubnets(t: CheckContext): Diagnostic[] {
  const places = subnetsOf(t.doc);
  return [...places.flatMap((place) => checkSubnet(t, place)), ...checkNames(t, places), ...checkOverlaps(t)];
}

function checkSubnet(t: CheckContext, place: LocatedSubnet): Diagnostic[] {
  const { subnet, block } = place;
  const path = subnetPath(place);
  const found: Diagnostic[] = [];
  if (hasHostBits(subnet.cidr)) {
    const summary = `${subnet.cidr} has host bits set`;
    found.push(t.report('NL401', { path: [...path, 'cidr'] }, summary, { hint: `write ${networkOf(subnet.cidr)}` }));
  }
  const tooSmall = tooSmallFor(subnet, block);
  if (tooSmall !== undefined) {
    const [summary, hint] = tooSmall;
    found.push(t.report('NL402', { path: [...path, 'cidr'] }, summary, { hint }));
    return found;
  }
  const range = reserved(block);
  if (range !== undefined) found.push(t.report('NL415', { path: [...path, 'cidr'] }, `${subnet.cidr} is ${range}`));
  return [...found, ...checkGateway(t, place)];
}

/**
 * Returns what a subnet has no room for, and what to write. As in Neutron, the link between two routers may be a /31
 * (RFC 3021), and a /32 may be routed to one host.
 */
function tooSmallFor(subnet: Subnet, { prefixLength }: Block): readonly [summary: string, hint: string] | undefined {
  if (prefixLength < 1) return ['a subnet cannot have the prefix length 0', 'use 1 to 30'];
  if (prefixLength > 30 && subnet.enable_dhcp !== false) {
    return [`a /${String(prefixLength)} has no room for a DHCP server`, 'set `enable_dhcp: false`, or use 1 to 30'];
  }
  if (prefixLength < 32 || subnet.gateway_ip !== undefined) return undefined;
  const hint = 'set `gateway_ip: null`; that of an external network may also be outside the range';
  return ['a /32 has no room for a gateway beside its one host', hint];
}

function checkGateway(t: CheckContext, place: LocatedSubnet): Diagnostic[] {
  const gateway = place.subnet.gateway_ip;
  if (gateway === undefined || gateway === null) return [];
  const at = { path: [...subnetPath(place), 'gateway_ip'] };
  const related = [{ message: 'the subnet', at: { path: [...subnetPath(place), 'cidr'] } }];
  const ip = parseIp(gateway);
  if (!contains(place.block, ip)) {
    // The gateway of an external subnet may be outside its range, on the same wire; that of a tenant's subnet may not.
    if (place.network.external !== true) {
      return [t.report('NL408', at, `gateway ${gateway} is outside ${place.subnet.cidr}`, { related })];
    }
    const special = reservedAddress(ip);
    if (special !== undefined) return [t.report('NL415', at, `${gateway} is ${special}`)];
    const other = subnetsIn(t.doc, place.networkName).places.find(({ block }) => contains(block, ip));
    return other === undefined ? [] : checkIsHost(t, place, gateway, other);
  }
  return checkIsHost(t, place, gateway, place);
}

/** The gateway of a subnet is no network or broadcast address of the subnet that contains it. */
function checkIsHost(t: CheckContext, place: LocatedSubnet, gateway: string, around: LocatedSubnet): Diagnostic[] {
  const which = reservedIn(around.block, parseIp(gateway));
  if (which === undefined) return [];
  const related = [{ message: 'the subnet', at: { path: [...subnetPath(around), 'cidr'] } }];
  const at = { path: [...subnetPath(place), 'gateway_ip'] };
  return [t.report('NL406', at, `${gateway} is the ${which} address of ${around.subnet.cidr}`, { related })];
}

/** Router interfaces refer to a subnet by its name alone, so it must be unique in the file. */
function checkNames(t: CheckContext, places: readonly LocatedSubnet[]): Diagnostic[] {
  const first = new Map<string, LocatedSubnet>();
  return places.flatMap((place) => {
    const other = first.get(place.name);
    if (other === undefined) {
      first.set(place.name, place);
      return [];
    }
    const summary = `network ${show(other.networkName)} has a subnet ${show(place.name)} too`;
    const related = [{ message: 'the other subnet', at: { path: subnetPath(other), part: 'key' as const } }];
    const at = { path: subnetPath(place), part: 'key' as const };
    return [t.report('NL505', at, summary, { related, hint: 'subnet names are unique in a file' })];
  });
}

function checkOverlaps(t: CheckContext): Diagnostic[] {
  return Object.keys(t.doc.networks ?? {}).flatMap((networkName) => {
    const { places } = subnetsIn(t.doc, networkName);
    const suspects = overlapping(places.map(({ block }) => block));
    return places.flatMap((place, index) => {
      if (!suspects.has(place.block)) return [];
      const other = places.slice(0, index).find((before) => overlaps(before.block, place.block));
      if (other === undefined) return [];
      const summary = `${place.subnet.cidr} overlaps ${other.subnet.cidr} of subnet ${show(other.name)}`;
      const related = [{ message: 'the other subnet', at: { path: [...subnetPath(other), 'cidr'] } }];
      return [t.report('NL403', { path: [...subnetPath(place), 'cidr'] }, summary, { related })];
    });
  });
}
