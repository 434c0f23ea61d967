import type { Diagnostic } from '../../model/diagnostic.ts';
import { addressOfCidr, contains, formatBlock, parseBlock, reservedIn } from '../../net/block.ts';
import type { Block } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import type { Ip } from '../../net/ip.ts';
import { routerOf, translationsOf } from '../floating-ips.ts';
import { outsideSubnets } from '../outside.ts';
import { show } from '../show.ts';
import { subnetsByName, subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { Host, Router } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import { addressUses } from './facts/address-uses.ts';
import type { AddressUse } from './facts/address-uses.ts';
import { subnetPath, subnetsOfRouter } from './facts/subnets.ts';

const HINT = 'a next hop must be in a directly connected network';

/** Checks that each next hop of a router, an outside host or a subnet's guests is another host that they reach. */
export function checkNextHops(t: CheckContext): Diagnostic[] {
  return [
    ...Object.entries(t.doc.routers ?? {}).flatMap(([name, router]) => ofRouter(t, name, router)),
    ...Object.entries(t.doc.hosts ?? {}).flatMap(([name, host]) => ofHost(t, name, host)),
    ...subnetsOf(t.doc).flatMap((place) => ofGuests(t, place)),
  ];
}

/** A connected network, and where it is in the file. */
interface Range {
  readonly block: Block;
  readonly at: At;
}

function rangeOf(place: LocatedSubnet): Range {
  return { block: place.block, at: { path: [...subnetPath(place), 'cidr'] } };
}

function ofRouter(t: CheckContext, name: string, router: Router): Diagnostic[] {
  const { routes = [] } = router;
  if (routes.length === 0) return [];
  const { own, onLink, routed } = outsideSubnets(t.doc, router);
  const inside = subnetsOfRouter(t.doc, router).inside.map(({ place }) => place);
  const ranges = [...own, ...onLink, ...inside].map(rangeOf);
  const self = addressesOfRouter(t, name);
  return routes.flatMap(({ nexthop }, index) => {
    const path = ['routers', name, 'routes'];
    const at: At = { path: [...path, index, 'nexthop'] };
    const user = self.find(({ ip }) => ip === nexthop);
    if (user !== undefined) {
      const related = [{ message: user.what, at: user.at }];
      return [t.report('NL413', at, `next hop ${nexthop} is the router itself`, { related })];
    }
    const ip = parseIp(nexthop);
    const away = routed.find(({ block }) => contains(block, ip));
    if (away !== undefined) {
      const { cidr } = away.subnet;
      const other = routes.findIndex(({ destination }) => destination === cidr);
      const related = [{ message: `the route to ${cidr}`, at: { path: [...path, other, 'destination'] } }];
      const summary = `next hop ${nexthop} is in ${cidr}, which the router itself reaches through a next hop`;
      return [t.report('NL651', at, summary, { related, hint: HINT })];
    }
    // A malformed network or an unknown subnet might hold the next hop.
    const subnets = subnetsByName(t.doc);
    const unsure = !t.whole('networks') || Object.keys(router.interfaces ?? {}).some((subnet) => !subnets.has(subnet));
    const summary = `next hop ${nexthop} is in none of the router's subnets`;
    return inRanges(t, at, { nexthop, ip, ranges, unsure, summary });
  });
}

/** The addresses of a router that the file gives: of its ports, and floating IPs that it translates. */
function addressesOfRouter(t: CheckContext, name: string): readonly AddressUse[] {
  const floating = new Set(
    translationsOf(t.doc)
      .filter(({ floatingIp }) => routerOf(t.doc, floatingIp)?.name === name)
      .map((translation) => translation.name),
  );
  return addressUses(t.doc).filter(({ at: { path } }) => {
    const [section, entry] = path;
    return (section === 'routers' && entry === name) || (section === 'floating_ips' && floating.has(String(entry)));
  });
}

function ofHost(t: CheckContext, name: string, { nics, routes = [] }: Host): Diagnostic[] {
  const own = Object.entries(nics ?? {}).flatMap(([device, nic]) =>
    (nic.addresses ?? []).map((address, index) => {
      const at: At = { path: ['hosts', name, 'nics', device, 'addresses', index] };
      return { ip: addressOfCidr(address), block: parseBlock(address), at };
    }),
  );
  return routes.flatMap(({ nexthop }, index) => {
    const at: At = { path: ['hosts', name, 'routes', index, 'nexthop'] };
    const self = own.find(({ ip }) => ip === nexthop);
    if (self !== undefined) {
      const related = [{ message: 'its address', at: self.at }];
      return [t.report('NL413', at, `next hop ${nexthop} is ${show(name)} itself`, { related })];
    }
    const summary = `next hop ${nexthop} is in none of the networks of ${show(name)}`;
    return inRanges(t, at, { nexthop, ip: parseIp(nexthop), ranges: own, unsure: false, summary });
  });
}

function ofGuests(t: CheckContext, place: LocatedSubnet): Diagnostic[] {
  return (place.subnet.host_routes ?? []).flatMap(({ nexthop }, index) => {
    const at: At = { path: [...subnetPath(place), 'host_routes', index, 'nexthop'] };
    const ip = parseIp(nexthop);
    if (!contains(place.block, ip)) {
      const summary = `next hop ${nexthop} is outside ${place.subnet.cidr}`;
      return [t.report('NL413', at, summary, { hint: 'a next hop must be in the subnet' })];
    }
    return inRanges(t, at, { nexthop, ip, ranges: [rangeOf(place)], unsure: false, summary: '' });
  });
}

interface Hop {
  readonly nexthop: string;
  readonly ip: Ip;
  readonly ranges: readonly Range[];
  /** The file may have more ranges than could be read. */
  readonly unsure: boolean;
  /** Of a next hop in none of the ranges. */
  readonly summary: string;
}

function inRanges(t: CheckContext, at: At, { nexthop, ip, ranges, unsure, summary }: Hop): Diagnostic[] {
  const holding = ranges.filter(({ block }) => contains(block, ip));
  if (holding.length === 0) return unsure ? [] : [t.report('NL413', at, summary, { hint: HINT })];
  const [range] = holding;
  const which = range && reservedIn(range.block, ip);
  if (range === undefined || which === undefined || holding.some(({ block }) => reservedIn(block, ip) === undefined)) {
    return [];
  }
  const related = [{ message: 'the network', at: range.at }];
  const what = `next hop ${nexthop} is the ${which} address of ${formatBlock(range.block)}`;
  return [t.report('NL650', at, what, { related, hint: 'write the address of a host' })];
}
