import type { Diagnostic } from '../../model/diagnostic.ts';
import { addressOfCidr, contains, parseBlock, reservedIn } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import type { Ip } from '../../net/ip.ts';
import { eachEntry } from '../entries.ts';
import { segmentOf } from '../defaults.ts';
import type { Addressed } from '../port-addresses.ts';
import { show } from '../show.ts';
import { subnetsIn, subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { At, CheckContext } from './context.ts';
import { addressUses } from './facts/address-uses.ts';
import type { AddressUse } from './facts/address-uses.ts';
import { nicAddresses } from './facts/nics.ts';
import { subnetPath } from './facts/subnets.ts';
import { reservedAddress } from './reserved.ts';

/** Checks that each address is in its subnet, is usable by a host, and has one holder. */
export function checkAddresses(t: CheckContext): Diagnostic[] {
  const misplaced = addressUses(t.doc).map((use) => checkUse(t, use));
  const found = misplaced.filter((one) => one !== undefined);
  return [...checkOneForm(t), ...found, ...checkDhcpAddresses(t), ...checkNicAddresses(t), ...checkTwice(t)];
}

/** `fixed_ip_address` is the short form of `fixed_ips`: a port has one of the two. */
function checkOneForm(t: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (what: string, port: Addressed, path: string[]): void => {
    if (port.fixed_ip_address === undefined || port.fixed_ips === undefined) return;
    const summary = `${what} has a fixed_ip_address and fixed_ips`;
    const hint = 'list all of its addresses in fixed_ips';
    found.push(t.report('NL430', { path: [...path, 'fixed_ip_address'] }, summary, { hint }));
  };
  eachEntry(t.doc.networks, (name, { dhcp }) => {
    if (dhcp !== undefined) check(`the DHCP port of ${show(name)}`, dhcp, ['networks', name, 'dhcp']);
  });
  eachEntry(t.doc.routers, (name, { external_gateway: gateway }) => {
    if (gateway === undefined) return;
    check(`the gateway of router ${show(name)}`, gateway, ['routers', name, 'external_gateway']);
  });
  eachEntry(t.doc.instances, (name, { ports }) => {
    eachEntry(ports, (device, port) => {
      check(`port ${device} of instance ${show(name)}`, port, ['instances', name, 'ports', device]);
    });
  });
  return found;
}

/** A DHCP port has one address in each subnet with DHCP. */
function checkDhcpAddresses(t: CheckContext): Diagnostic[] {
  const first = new Map<LocatedSubnet, AddressUse>();
  return addressUses(t.doc).flatMap((use) => {
    if (use.kind !== 'dhcp') return [];
    const home = subnetsIn(t.doc, use.network).blocks.first(parseIp(use.ip));
    if (home === undefined) return [];
    if (home.subnet.enable_dhcp === false) {
      const summary = `${use.ip} of ${use.what} has no effect: subnet ${show(home.name)} has no DHCP`;
      return [t.report('NL626', use.at, summary, { severity: 'warning', hint: 'leave the address out' })];
    }
    const other = first.get(home);
    first.set(home, other ?? use);
    if (other === undefined) return [];
    const summary = `${use.ip} and ${other.ip} of ${use.what} are both in subnet ${show(home.name)}`;
    const related = [{ message: 'the other one', at: other.at }];
    return [t.report('NL625', use.at, summary, { related, hint: 'give one address of each subnet with DHCP' })];
  });
}

function checkUse(t: CheckContext, use: AddressUse): Diagnostic | undefined {
  if (!use.written) return undefined;
  const { places } = subnetsIn(t.doc, use.network);
  // A network without subnets has a diagnostic of its own.
  if (places.length === 0) return undefined;
  const ip = parseIp(use.ip);
  const home = homeOf(t, use, ip);
  if (home === undefined) return outside(t, use, use.subnet === undefined ? places : [use.subnet]);
  const which = reservedIn(home.block, ip);
  if (which === undefined) return undefined;
  return t.report('NL406', use.at, `${use.ip} is the ${which} address of subnet ${show(home.name)}`);
}

/** The subnet that holds an address. */
function homeOf(t: CheckContext, { subnet, network }: AddressUse, ip: Ip): LocatedSubnet | undefined {
  if (subnet === undefined) return subnetsIn(t.doc, network).blocks.first(ip);
  return contains(subnet.block, ip) ? subnet : undefined;
}

function outside(t: CheckContext, use: AddressUse, allowed: readonly LocatedSubnet[]): Diagnostic {
  const ranges = allowed.map(({ name, subnet }) => `${subnet.cidr} (${name})`).join(', ');
  const where = use.subnet === undefined ? `network ${show(use.network)}` : `subnet ${show(use.subnet.name)}`;
  const related = allowed.slice(0, 3).map((place) => ({
    message: `subnet ${place.name}`,
    at: { path: [...subnetPath(place), 'cidr'] },
  }));
  const summary = `${use.ip} of ${use.what} is not an address of ${where}`;
  return t.report('NL405', use.at, summary, { related, hint: `it has ${ranges}` });
}

function checkNicAddresses(t: CheckContext): Diagnostic[] {
  return nicAddresses(t.doc).flatMap(({ address, at }) => {
    const ip = addressOfCidr(address);
    const value = parseIp(ip);
    const special = reservedAddress(value);
    if (special !== undefined) return [t.report('NL415', at, `${ip} is ${special}`)];
    const which = reservedIn(parseBlock(address), value);
    if (which === undefined) return [];
    const hint = 'write the address of the NIC with the prefix length of its network, such as 10.0.0.5/24';
    return [t.report('NL406', at, `${address} is a ${which} address`, { hint })];
  });
}

interface Holder {
  readonly what: string;
  readonly at: At;
  readonly kind: AddressUse['kind'] | 'nic';
}

/** An address has one holder on a segment, across all networks, instances, nodes and outside hosts. */
function checkTwice(t: CheckContext): Diagnostic[] {
  const segments = new Map<string, Map<string, Holder>>();
  const found: Diagnostic[] = [];
  const hold = (segment: string, ip: string, holder: Holder): void => {
    let holders = segments.get(segment);
    if (holders === undefined) segments.set(segment, (holders = new Map<string, Holder>()));
    const other = holders.get(ip);
    if (other === undefined) {
      holders.set(ip, holder);
      return;
    }
    const related = [{ message: `held here by ${other.what}`, at: other.at }];
    found.push(t.report('NL407', holder.at, `${ip} of ${holder.what} is already held by ${other.what}`, { related }));
  };
  for (const use of addressUses(t.doc)) {
    const network = t.doc.networks?.[use.network];
    if (network) hold(segmentOf(network), use.ip, use);
  }
  for (const { what, at, address, physicalNetwork } of nicAddresses(t.doc)) {
    hold(physicalNetwork, addressOfCidr(address), { what, at, kind: 'nic' });
  }
  // Last, so that the port that has the gateway's address is recorded as its holder.
  for (const place of subnetsOf(t.doc)) {
    const { gateway } = place;
    if (gateway === undefined) continue;
    const user = segments.get(segmentOf(place.network))?.get(gateway);
    if (user === undefined || !['dhcp', 'gateway', 'floating'].includes(user.kind)) continue;
    const given = place.subnet.gateway_ip !== undefined;
    const at: At = { path: [...subnetPath(place), given ? 'gateway_ip' : 'cidr'] };
    const related = [{ message: `the gateway of subnet ${place.name}`, at }];
    const summary = `${gateway} of ${user.what} is the gateway of subnet ${show(place.name)}`;
    found.push(t.report('NL407', user.at, summary, { related }));
  }
  return found;
}
