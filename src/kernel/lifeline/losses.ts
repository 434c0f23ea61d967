import type { Touch } from '../../model/touch.ts';
import { familyOfText } from '../../net/address-text.ts';
import { cidrContains } from '../../net/block.ts';
import { devicesOf, leadsTo, lengthOf, type Lifeline } from './lifeline.ts';

/** The moves of addresses and routes from device to device that a plan makes. */
export type Moves = ReadonlyMap<string, string>;

/**
 * Returns what a change takes from a connection, in a few words; `undefined` if the connection stays as it is. A link
 * from which the addresses have moved before may be deleted.
 */
export function lossOf(touch: Touch, line: Lifeline, moves: Moves): string | undefined {
  if ('moves' in touch) return touch.moves === line.device ? lostByMove(touch.to, line) : undefined;
  if ('diverts' in touch) return diversion(touch, line, moves);
  switch (touch.takes) {
    case 'link':
      return line.devices.has(touch.device) && !moves.has(touch.device) ? `link ${touch.device}` : undefined;
    case 'address':
      return touch.address === line.server ? `address ${touch.address} of ${touch.device}` : lostNetwork(touch, line);
    case 'route':
      return lostRoute(touch.destination, line);
    case 'ipv6':
      return familyOfText(line.server) === 6 && (touch.device === 'all' || isOn(touch.device, line, moves))
        ? `IPv6 on ${touch.device}`
        : undefined;
    case 'advertised':
      return line.routes.some(({ protocol }) => protocol === 'ra') ? 'the routes of router advertisements' : undefined;
    case 'answers':
      return hasAnswers(touch.device, line) ? `ARP on ${touch.device} for ${line.server}` : undefined;
    case 'passage':
      return isOn(touch.device, line, moves) ? `SSH by ${touch.device}, which ${touch.rule} drops` : undefined;
  }
}

/** Returns what a connection loses when its address moves to another device. */
function lostByMove(to: string, line: Lifeline): string | undefined {
  const { server, device, rpFilter } = line;
  // The kernel binds such a connection to its device, and it is not moved.
  if (isLinkLocal(server)) return `address ${server} of ${device}`;
  const leaving = line.routes.slice(0, 1).flatMap(devicesOf);
  if (rpFilter === undefined || leaving.length === 0 || leaving.some((one) => one === device || one === to)) {
    return undefined;
  }
  // ip-sysctl: the larger value of `all` and the device counts. A new device has the value of `default`. A rule that
  // saves the connection on a strict device now (`from`) does so on the next one.
  const valueOf = (name: string): number => Math.max(rpFilter.get('all') ?? 0, rpFilter.get(name) ?? 0);
  const isStrict = valueOf(rpFilter.has(to) ? to : 'default') === 1 && valueOf(device) !== 1;
  return isStrict ? `SSH by ${to}, whose rp_filter is strict: answers leave by ${leaving.join(', ')}` : undefined;
}

function isLinkLocal(ip: string): boolean {
  return familyOfText(ip) === 6 && cidrContains('fe80::/10', ip);
}

/** True for the device of the connection, or the one that its address moves to. */
function isOn(device: string, line: Lifeline, moves: Moves): boolean {
  return device === line.device || device === moves.get(line.device);
}

/** Returns the network that an address gives, if answers leave by it and no other address of the device gives it. */
function lostNetwork(
  { address, network, device }: Extract<Touch, { readonly takes: 'address' }>,
  { routes, state }: Lifeline,
): string | undefined {
  const isUsed = routes.some(({ dst, protocol, dev }) => dst === network && protocol === 'kernel' && dev === device);
  const others = state.links.find(({ ifname }) => ifname === device)?.addr_info ?? [];
  const isGiven = others.some(
    ({ local, prefixlen }) =>
      local !== undefined &&
      local !== address &&
      familyOfText(local) === familyOfText(network) &&
      cidrContains(network, local) &&
      network.endsWith(`/${String(prefixlen)}`),
  );
  return isUsed && !isGiven ? `network ${network} of ${device}` : undefined;
}

function lostRoute(destination: string, { routes, client }: Lifeline): string | undefined {
  const family = familyOfText(client);
  const isUsed = routes.some(
    ({ dst }) => lengthOf(dst, family) === lengthOf(destination, family) && leadsTo(destination, client),
  );
  return isUsed ? `route ${destination}` : undefined;
}

/** A route that is at least as narrow as the present one, by another device, takes the answers. */
function diversion(
  { diverts, devices, last }: Extract<Touch, { readonly diverts: string }>,
  line: Lifeline,
  moves: Moves,
): string | undefined {
  const { client, routes } = line;
  if (!leadsTo(diverts, client)) return undefined;
  const family = familyOfText(client);
  const [present] = routes;
  const gained = present === undefined ? 0 : lengthOf(diverts, family) - lengthOf(present.dst, family);
  if (gained < 0 || (gained === 0 && present !== undefined && last === true)) return undefined;
  const own = present === undefined ? [line.device] : devicesOf(present);
  const isOwn = (device: string): boolean => own.some((one) => one === device || moves.get(one) === device);
  if (devices.length > 0 && devices.every(isOwn)) return undefined;
  return `answers to ${client}, which would leave by ${devices.join(', ') || 'no device'}`;
}

function hasAnswers(device: string, line: Lifeline): boolean {
  return device !== line.device && line.routes.some((route) => devicesOf(route).includes(device));
}
