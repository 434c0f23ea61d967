import { nicOfBridge } from '../links/owner.ts';
import { familyOfRoute, ipProbe, linkOf, type IpState, type RawRoute } from '../probes/ip.ts';
import { sshSessionProbe, type SshSession } from '../probes/ssh-session.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import { familyOfText } from '../../net/address-text.ts';
import { cidrContains, isCidr, prefixLengthOf } from '../../net/block.ts';

/** What an SSH connection to a node depends on in the node's own network. */
export interface Lifeline extends SshSession {
  /** The device that has the address of the node. */
  readonly device: string;
  /** That device, the one by which answers leave, and those below either: the NIC of a bridge or of a VLAN. */
  readonly devices: ReadonlySet<string>;
  /** The routes of the main table by which answers leave: to the client, and to the gateway of that route. */
  readonly routes: readonly RawRoute[];
  readonly state: IpState;
}

/**
 * Returns what the SSH connection of a node depends on. `undefined`: none that is alive is known, or it is to another
 * namespace than the node's own: to the machine that a lab runs on.
 */
export function lifelineOf(view: NodeView | undefined): Lifeline | undefined {
  const session = view?.get(sshSessionProbe);
  const state = namespaceView(view, null)?.get(ipProbe);
  if (session === undefined || session.ended || state === undefined) return undefined;
  const isOn = (device: string | undefined): boolean => session.device === undefined || session.device === device;
  const holder = state.links.find(
    ({ ifname, addr_info = [] }) => isOn(ifname) && addr_info.some(({ local }) => local === session.server),
  );
  if (holder === undefined) return undefined;
  const routes = routesTo(
    session.client,
    state.routes.filter(({ dev }) => isOn(dev)),
  );
  const leaving = routes.flatMap(devicesOf);
  return {
    ...session,
    device: holder.ifname,
    devices: new Set([holder.ifname, ...leaving].flatMap((device) => withThoseBelow(device, state))),
    routes,
    state,
  };
}

/** Returns the destination of a route as a CIDR. */
function destinationCidr(destination: string, family: 4 | 6): string {
  if (destination === 'default') return family === 4 ? '0.0.0.0/0' : '::/0';
  return destination.includes('/') ? destination : `${destination}/${family === 4 ? '32' : '128'}`;
}

/** Returns whether packets to an address match a destination of `ip route`. */
export function leadsTo(destination: string, ip: string): boolean {
  const family = familyOfText(ip);
  const cidr = destinationCidr(destination, family);
  return isCidr(cidr) && familyOfText(cidr) === family && cidrContains(cidr, ip);
}

/** Returns the devices by which packets leave on a route. */
export function devicesOf({ dev, nexthops = [] }: RawRoute): readonly string[] {
  return [dev, ...nexthops.map((hop) => hop.dev)].flatMap((device) => device ?? []);
}

/** Returns the length of the prefix that a route matches. */
export function lengthOf(destination: string, family: 4 | 6): number {
  return prefixLengthOf(destinationCidr(destination, family));
}

/** Returns the best route to an address, and to its gateways. */
function routesTo(ip: string, all: readonly RawRoute[], depth = 0): readonly RawRoute[] {
  const family = familyOfText(ip);
  const [best] = all
    .filter((route) => (route.table ?? 'main') === 'main' && (route.type ?? 'unicast') === 'unicast')
    .filter((route) => familyOfRoute(route) === family && leadsTo(route.dst, ip))
    .toSorted((a, b) => lengthOf(b.dst, family) - lengthOf(a.dst, family) || (a.metric ?? 0) - (b.metric ?? 0));
  if (best === undefined) return [];
  const gateways = [best.gateway, ...(best.nexthops ?? []).map(({ gateway }) => gateway)];
  // A gateway that is reached by another gateway is none: one step is enough.
  const more = depth > 0 ? [] : gateways.flatMap((gateway) => (gateway ? routesTo(gateway, all, depth + 1) : []));
  return [best, ...more];
}

/** Returns a device and those that its packets pass below it. */
function withThoseBelow(device: string, state: IpState, seen: readonly string[] = []): readonly string[] {
  const link = linkOf(state, device);
  if (link === undefined || seen.includes(device)) return [device];
  // The other end of a veth is no device below it.
  const lower = link.linkinfo?.info_kind === 'veth' ? undefined : link.link;
  const nic = nicOfBridge(link, state.links);
  return [device, ...[lower, nic].flatMap((each) => (each ? withThoseBelow(each, state, [...seen, device]) : []))];
}
