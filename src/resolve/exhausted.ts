import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import { addressOfCidr } from '../net/block.ts';
import { compareIps, formatIp, parseIp } from '../net/ip.ts';
import type { Ip } from '../net/ip.ts';
import { isWithin } from '../net/range.ts';
import { nicAddresses } from '../topology/checks/facts/nics.ts';
import { segmentOf } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import type { Draft, NetworkDraft } from './drafts.ts';
import { originAt } from './origin.ts';
import type { FixedIp } from './resolved.ts';

/** The most holders of addresses that an error names. */
const MOST_HOLDERS = 10;

/** What has the addresses of a network. */
export interface Holders {
  readonly fixedIps: ReadonlyMap<Draft, readonly FixedIp[]>;
  /** Addresses that no port gets, and why. */
  readonly reserved: ReadonlyMap<Ip, string>;
}

/** Returns the errors of the ports and floating IPs of one network for which its pools have no free address. */
export function exhausted(topology: ValidTopology, unserved: readonly Draft[], holders: Holders): Diagnostic[] {
  return unserved.map((draft, index) => {
    const { path, network } = draft;
    const own = ownPath(topology, draft);
    const summary = `no free address is left for ${own} in the allocation pools of network ${network.name}`;
    const subnets = {
      message: 'its subnets are here',
      origin: originAt(topology, ['networks', network.name, 'subnets']),
    };
    const hint = 'widen allocation_pools or give an address outside them';
    const origin = originOf(topology, path);
    // The others lack an address of the same pools.
    if (index > 0) return diagnose('NLC01', summary, { origin, other: subnets, hint });
    const { lines, others } = explained(holdersOf(topology, draft, holders));
    return diagnose('NLC01', summary, { origin, others: [...others, subnets], detail: lines, hint });
  });
}

/** What has an address, with its location in the file, if it is there. */
interface Holder {
  readonly ip: Ip;
  readonly words: string;
  readonly origin?: Origin;
}

/** What has the addresses of the pools that a port or floating IP got none from, in the order of the addresses. */
function holdersOf(topology: ValidTopology, draft: Draft, { fixedIps, reserved }: Holders): readonly Holder[] {
  const found = new Set((fixedIps.get(draft) ?? []).map(({ subnet }) => subnet));
  const pools = draft.requests
    .filter(({ given, from }) => given === undefined && !from.some(({ subnet }) => found.has(subnet)))
    .flatMap(({ from }) => from.flatMap((subnet) => subnet.pools));
  const byIp = new Map<Ip, Holder>();
  for (const [ip, words] of reserved) byIp.set(ip, { ip, words });
  for (const holder of nicsOn(topology, draft.network)) byIp.set(holder.ip, holder);
  for (const [one, addresses] of fixedIps) {
    for (const { address } of addresses) {
      const ip = parseIp(address);
      byIp.set(ip, { ip, words: ownPath(topology, one), origin: originOf(topology, one.path) });
    }
  }
  return [...byIp.values()]
    .filter(({ ip }) => pools.some((pool) => isWithin(pool, ip)))
    .sort((a, b) => compareIps(a.ip, b.ip));
}

function nicsOn(topology: ValidTopology, { spec }: NetworkDraft): readonly Holder[] {
  const segment = segmentOf(spec);
  return nicAddresses(topology.doc).flatMap(({ what, address, at, physicalNetwork }) => {
    if (physicalNetwork !== segment) return [];
    return [{ ip: parseIp(addressOfCidr(address)), words: what, origin: originAt(topology, at.path) }];
  });
}

/** Those in the file are at their locations; the others, and how many there are in all, are lines of text. */
function explained(holders: readonly Holder[]): {
  readonly lines: string | undefined;
  readonly others: readonly { readonly message: string; readonly origin: Origin }[];
} {
  if (holders.length === 0) return { lines: undefined, others: [] };
  const named = holders.slice(0, MOST_HOLDERS);
  const message = ({ ip, words }: Holder): string => `${formatIp(ip)}: ${words}`;
  const more = holders.length - named.length;
  const count = holders.length === 1 ? 'its address is' : `its ${String(holders.length)} addresses are`;
  const lines = [
    `${count} held by${more > 0 ? ` (the first ${String(named.length)})` : ''}:`,
    ...named.filter(({ origin }) => origin?.range === undefined).map(message),
  ];
  const others = named.flatMap((holder) => {
    const { origin } = holder;
    return origin?.range === undefined ? [] : [{ message: message(holder), origin }];
  });
  return { lines: lines.join('\n'), others };
}

function ownPath(topology: ValidTopology, { path }: Draft): string {
  return originAt(topology, path).path;
}

/** A DHCP port the file says nothing of is its network's. */
function originOf(topology: ValidTopology, path: Draft['path']): Origin {
  const own = originAt(topology, path);
  return own.range ? own : originAt(topology, path.slice(0, -1));
}
