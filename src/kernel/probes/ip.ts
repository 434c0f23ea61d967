import type { NamespaceProbe } from '../../model/probe.ts';
import { familyOfText } from '../../net/address-text.ts';

/** An address as `ip -j -d addr` prints it; fields we do not use are left out, unknown ones ignored. */
export interface RawAddress {
  readonly family: string;
  readonly local?: string;
  readonly address?: string;
  readonly prefixlen: number;
  readonly broadcast?: string;
  readonly scope: string;
  readonly label?: string;
  readonly dynamic?: boolean;
  readonly secondary?: boolean;
  readonly noprefixroute?: boolean;
  readonly nodad?: boolean;
  readonly tentative?: boolean;
  readonly dadfailed?: boolean;
  readonly mngtmpaddr?: boolean;
  readonly 'stable-privacy'?: boolean;
  readonly metric?: number;
  readonly valid_life_time?: number;
  readonly preferred_life_time?: number;
}

/** A link as `ip -j -d addr` prints it. */
export interface RawLink {
  readonly ifindex: number;
  readonly ifname: string;
  /** The other end of a veth: its ifindex in its own namespace. */
  readonly link_index?: number;
  /** The other end of a veth: its name, if it is in the same namespace. */
  readonly link?: string;
  /** The type of its link layer, such as `ether`. */
  readonly link_type?: string;
  readonly flags: readonly string[];
  readonly operstate?: string;
  readonly mtu: number;
  readonly master?: string;
  readonly address?: string;
  readonly broadcast?: string;
  readonly ifalias?: string;
  readonly link_netnsid?: number;
  readonly group?: string;
  readonly txqlen?: number;
  readonly gso_max_size?: number;
  readonly gso_max_segs?: number;
  readonly gro_max_size?: number;
  readonly linkinfo?: {
    readonly info_kind?: string;
    readonly info_data?: Readonly<Record<string, unknown>>;
    readonly info_slave_kind?: string;
    readonly info_slave_data?: Readonly<Record<string, unknown>>;
  };
  readonly addr_info?: readonly RawAddress[];
}

/** A route as `ip -j -d route show table all` prints it. */
export interface RawRoute {
  readonly type?: string;
  readonly dst: string;
  readonly gateway?: string;
  readonly via?: { readonly family: string; readonly host: string };
  readonly dev?: string;
  readonly table?: string;
  readonly protocol?: string;
  readonly scope?: string;
  readonly prefsrc?: string;
  readonly metric?: number;
  readonly flags?: readonly string[];
  readonly nexthops?: readonly {
    readonly gateway?: string;
    readonly dev?: string;
    readonly flags?: readonly string[];
    readonly weight?: number;
  }[];
  readonly metrics?: readonly Readonly<Record<string, unknown>>[];
  readonly tos?: string;
  readonly pref?: string;
}

/** Returns the family of a route. If the destination is `default`, only a gateway tells it. */
export function familyOfRoute({ dst, gateway = '', nexthops }: RawRoute): 4 | 6 {
  return familyOfText(`${dst} ${gateway} ${nexthops?.[0]?.gateway ?? ''}`);
}

/** One namespace's links with their addresses, and its routes of every table. */
export interface IpState {
  readonly links: readonly RawLink[];
  readonly routes: readonly RawRoute[];
}

function rows(text: string): readonly unknown[] {
  // iproute2 prints control characters of an alias unescaped. The JSON itself is on one line and has none.
  const value: unknown = JSON.parse(text.replace(/[\u0000-\u001f]/g, '\ufffd'));
  // A link that is deleted while it is printed becomes an empty object.
  if (!Array.isArray(value)) throw new Error('it is no list in JSON');
  return value.filter((row) => row !== null && Object.keys(row as object).length > 0);
}

/**
 * Reads links, addresses and routes with one `ip` process: two JSON documents, one per line (measured: a third of the
 * time that two processes take).
 */
export const ipProbe: NamespaceProbe<IpState> = {
  id: 'ip',
  scope: 'namespace',
  read: {
    stdin: 'addr show\nroute show table all\n',
    attempts: [[['ip', '-j', '-d', '-batch', '-']]],
    unchanged: 'links',
  },
  parse(text) {
    const [links, routes, ...more] = text.split('\n').filter((line) => line.trim() !== '');
    if (links === undefined || routes === undefined || more.length > 0) throw new Error('it is not two lists in JSON');
    const state = { links: rows(links) as readonly RawLink[], routes: rows(routes) as readonly RawRoute[] };
    // No namespace is without its loopback device, which is the first.
    if (state.links.some(({ ifindex, ifname }) => ifindex === 1 || ifname === 'lo')) return state;
    throw new Error('the loopback device is not in it');
  },
};

/**
 * Returns the Linux bridge that a link is a port of. A port of Open vSwitch's kernel datapath has that datapath's
 * device as its master, which is no bridge.
 */
export function bridgeOf(link: RawLink | undefined): string | undefined {
  return link?.linkinfo?.info_slave_kind === 'openvswitch' ? undefined : link?.master;
}

/** Returns the link of this name. */
export function linkOf(state: IpState | undefined, name: string): RawLink | undefined {
  return state?.links.find((link) => link.ifname === name);
}

const BY_INDEX = new WeakMap<IpState, ReadonlyMap<number, RawLink>>();

/**
 * Returns the link with this ifindex. The index is built once per namespace, because each namespace of a node looks up
 * its taps among the node's links.
 */
export function linkOfIndex(state: IpState | undefined, index: number | undefined): RawLink | undefined {
  if (state === undefined || index === undefined) return undefined;
  const known = BY_INDEX.get(state) ?? new Map(state.links.map((link) => [link.ifindex, link]));
  BY_INDEX.set(state, known);
  return known.get(index);
}
