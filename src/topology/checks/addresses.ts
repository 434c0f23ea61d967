import type { Diagnostic } from '../../model/diagnostic.ts';
import { addressOfCidr, cidrAround, contains, ipToNumber, parseCidr } from '../../net/ipv4.ts';
import { gatewayOf, subnetsOf } from '../defaults.ts';
import { show } from '../show.ts';
import type { At, CheckContext } from './context.ts';
import { addressUses, nicAddresses, subnetPath } from './facts.ts';
import type { AddressUse } from './facts.ts';
import { reserved } from './reserved.ts';

/** Addresses: of the right subnet, usable, and held by one alone. */
export function checkAddresses(t: CheckContext): Diagnostic[] {
  return [...addressUses(t.doc).flatMap((use) => checkUse(t, use)), ...checkNicAddresses(t), ...checkTwice(t)];
}

function checkUse(t: CheckContext, use: AddressUse): Diagnostic[] {
  const network = t.doc.networks?.[use.network];
  if (!use.written || network === undefined) return [];
  const subnets = Object.entries(network.subnets ?? {});
  // Said once, of the network.
  if (subnets.length === 0) return [];
  const value = ipToNumber(use.ip);
  const allowed = use.subnet === undefined ? subnets : subnets.filter(([name]) => name === use.subnet?.name);
  const home = allowed.find(([, subnet]) => contains(parseCidr(subnet.cidr), value));
  if (home === undefined) {
    const ranges = allowed.map(([name, subnet]) => `${subnet.cidr} (${name})`).join(', ');
    const where = use.subnet === undefined ? `network ${show(use.network)}` : `subnet ${show(use.subnet.name)}`;
    const related = allowed.slice(0, 3).map(([name]) => ({
      message: `subnet ${name}`,
      at: { path: ['networks', use.network, 'subnets', name, 'cidr'] },
    }));
    const summary = `${use.ip} of ${use.what} is not an address of ${where}`;
    return [t.report('NL405', use.at, summary, { related, hint: `it has ${ranges}` })];
  }
  const [name, subnet] = home;
  const { network: lowest, broadcast, prefixLength } = parseCidr(subnet.cidr);
  if (prefixLength > 30 || (value !== lowest && value !== broadcast)) return [];
  const which = value === lowest ? 'network' : 'broadcast';
  return [t.report('NL406', use.at, `${use.ip} is the ${which} address of subnet ${show(name)}`)];
}

function checkNicAddresses(t: CheckContext): Diagnostic[] {
  return nicAddresses(t.doc).flatMap(({ address, at }) => {
    const ip = addressOfCidr(address);
    const value = ipToNumber(ip);
    const cidr = parseCidr(address);
    const special = reserved(cidrAround(value, 32));
    if (special !== undefined) return [t.report('NL415', at, `${ip} is ${special}`)];
    if (cidr.prefixLength > 30 || (value !== cidr.network && value !== cidr.broadcast)) return [];
    const which = value === cidr.network ? 'network' : 'broadcast';
    const hint = 'write the address of the NIC with the prefix length of its network, such as 10.0.0.5/24';
    return [t.report('NL406', at, `${address} is a ${which} address`, { hint })];
  });
}

interface Holder {
  readonly what: string;
  readonly at: At;
  readonly kind: AddressUse['kind'] | 'nic';
}

/** On one wire an address has one holder, whichever network or machine it belongs to. */
function checkTwice(t: CheckContext): Diagnostic[] {
  const holders = new Map<string, Holder>();
  const found: Diagnostic[] = [];
  const hold = (wire: string | undefined, ip: string, holder: Holder): void => {
    if (wire === undefined) return;
    const key = `${wire}\n${ip}`;
    const other = holders.get(key);
    if (other === undefined) {
      holders.set(key, holder);
      return;
    }
    const related = [{ message: `held here by ${other.what}`, at: other.at }];
    found.push(t.report('NL407', holder.at, `${ip} of ${holder.what} is already held by ${other.what}`, { related }));
  };
  const wireOf = (network: string): string | undefined => t.doc.networks?.[network]?.physical_network;
  for (const use of addressUses(t.doc)) hold(wireOf(use.network), use.ip, use);
  for (const nic of nicAddresses(t.doc)) hold(nic.physicalNetwork, addressOfCidr(nic.address), { ...nic, kind: 'nic' });
  // Last, so that whoever really holds the gateway's address comes first.
  for (const place of subnetsOf(t.doc)) {
    const gateway = gatewayOf(place.subnet);
    if (gateway === undefined) continue;
    const user = holders.get(`${place.network.physical_network}\n${gateway}`);
    if (user === undefined || !['dhcp', 'gateway', 'floating'].includes(user.kind)) continue;
    const given = place.subnet.gateway_ip !== undefined;
    const at: At = { path: [...subnetPath(place), given ? 'gateway_ip' : 'cidr'] };
    const related = [{ message: `the gateway of subnet ${place.name}`, at }];
    const summary = `${gateway} of ${user.what} is the gateway of subnet ${show(place.name)}`;
    found.push(t.report('NL407', user.at, summary, { related }));
  }
  return found;
}
