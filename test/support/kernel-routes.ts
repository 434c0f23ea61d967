import type { AddressSpec } from '../../src/kinds/address/spec.ts';
import type { RouteSpec } from '../../src/kinds/route/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { kindWord } from '../../src/model/resource.ts';
import type { Resource } from '../../src/model/resource.ts';
import { addressOfCidr, cidrContains, networkOf, parseBlock, prefixLengthOf, reservedIn } from '../../src/net/block.ts';
import { parseIp } from '../../src/net/ip.ts';

/** A route without a next hop, by which others reach theirs. */
interface OnLink {
  readonly cidr: string;
  readonly device: string;
}

/**
 * Returns what the kernel would refuse, or leave to the order of the commands: an address twice in one namespace, two
 * routes to one network, and a next hop that is not on the link of its device (`fib_check_nh`).
 */
export function refusals({ resources }: DesiredGraph): string[] {
  const namespaces = new Map<string, Resource[]>();
  for (const resource of resources.values()) {
    const key = `${resource.node}/${resource.netns ?? '-'}`;
    namespaces.set(key, [...(namespaces.get(key) ?? []), resource]);
  }
  return [...namespaces].flatMap(([key, all]) => refusalsIn(all).map((wrong) => `${key}: ${wrong}`));
}

function refusalsIn(all: readonly Resource[]): string[] {
  const addresses = named(all, 'address')
    .map(({ spec }) => spec as AddressSpec)
    .filter(({ cidr }) => !cidr.includes(':'));
  const routes = named(all, 'route').map(({ name, spec }) => ({ name, spec: spec as RouteSpec }));
  const locals = addresses.map(({ cidr }) => addressOfCidr(cidr));
  const connected = addresses
    .filter(({ cidr }) => prefixLengthOf(cidr) < 32)
    .map(({ cidr, device }): OnLink => ({ cidr: networkOf(cidr), device }));
  const links = routes
    .filter(({ spec }) => spec.scope === 'link')
    .map(({ name, spec }): OnLink => ({ cidr: name, device: spec.nexthops[0]?.device ?? '' }));
  const found = locals.filter((local, index) => locals.indexOf(local) < index).map((local) => `${local} twice`);
  const destinations = [...new Set(connected.map(({ cidr, device }) => `${cidr} ${device}`))].map(
    (line) => line.split(' ')[0] ?? '',
  );
  destinations.push(...routes.map(({ name }) => name));
  found.push(
    ...destinations.filter((one, index) => destinations.indexOf(one) < index).map((one) => `two routes to ${one}`),
  );
  for (const { name, spec } of routes) {
    for (const { gateway, device } of spec.nexthops) {
      if (gateway === undefined) continue;
      const [nearest] = [...connected, ...links]
        .filter(({ cidr }) => cidrContains(cidr, gateway))
        .sort((a, b) => prefixLengthOf(b.cidr) - prefixLengthOf(a.cidr));
      if (locals.includes(gateway)) found.push(`${name} via ${gateway}, an address of its own`);
      else if (nearest?.device !== device) found.push(`${name} via ${gateway} dev ${device}, which is not there`);
      // The kernel asks its local table first, which has the broadcast address of every connected network.
      else if ([nearest, ...connected].some((link) => isReservedIn(link, gateway))) {
        found.push(`${name} via ${gateway}, which no host can have`);
      }
    }
  }
  return found;
}

function isReservedIn({ cidr }: OnLink, ip: string): boolean {
  return cidrContains(cidr, ip) && reservedIn(parseBlock(cidr), parseIp(ip)) !== undefined;
}

function named(all: readonly Resource[], kind: string): readonly Resource[] {
  return all.filter((one) => kindWord(one.kind) === kind);
}
