import type { Held } from '../model/held.ts';
import { AddressPool } from '../net/address-pool.ts';
import { contains, reservedIn } from '../net/block.ts';
import { fnv1a } from '../net/fnv.ts';
import { formatIp, isIp, parseIp } from '../net/ip.ts';
import type { Ip } from '../net/ip.ts';
import type { Path } from '../topology/valid.ts';
import { showPath } from '../topology/show.ts';
import { required } from './required.ts';
import type { FixedIp } from './resolved.ts';
import type { SubnetDraft } from './subnets.ts';

/** A request for one address: a given one, or one of these subnets. */
export interface AddressRequest {
  readonly given: string | undefined;
  readonly from: readonly SubnetDraft[];
}

/** A port or a floating IP that needs addresses. */
export interface AddressSeeker {
  readonly id: string;
  readonly path: Path;
  readonly requests: readonly AddressRequest[];
}

export interface Assignment<Seeker> {
  readonly fixedIps: ReadonlyMap<Seeker, readonly FixedIp[]>;
  /** The seekers for which no free address was left. */
  readonly unserved: readonly Seeker[];
  readonly moved: readonly Move<Seeker>[];
}

/** A derived address that differs from the held one. */
export interface Move<Seeker> {
  readonly seeker: Seeker;
  readonly from: string;
  readonly to: string;
  /** Why the seeker cannot keep the address, as the rest of a sentence: `instances.db.ports.eth0 has it`. */
  readonly because: string;
  /** The path of what has the address now, if that is in the file. */
  readonly holder?: string;
}

/** What limits the addresses of one network. */
export interface AddressLimits {
  readonly subnets: readonly SubnetDraft[];
  readonly held: Held['ports'];
  /** Addresses that no port gets, each with the reason. */
  readonly reserved: ReadonlyMap<Ip, string>;
  /** Addresses that are derived only if no other is left: the next hops of the file, which are other hosts. */
  readonly avoided: ReadonlySet<Ip>;
}

/**
 * Assigns the addresses of one network: first all given ones, then held ones that are still free and in their subnet,
 * then those hashed from the ids into the allocation pools, or the next free ones. Each step is in order of the ids, so
 * the order of the file has no effect. As in Neutron a port keeps its address when the allocation pools change.
 */
export function assignAddresses<Seeker extends AddressSeeker>(
  seekers: readonly Seeker[],
  { subnets, held, reserved, avoided }: AddressLimits,
): Assignment<Seeker> {
  const ordered = [...seekers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const owners = new Map<Ip, Seeker>();
  const found = new Map<AddressRequest, FixedIp>();
  for (const seeker of ordered) {
    for (const request of seeker.requests) {
      if (request.given === undefined) continue;
      owners.set(parseIp(request.given), seeker);
      found.set(request, { address: request.given, subnet: subnetOf(request, request.given).subnet });
    }
  }
  const isTaken = (ip: Ip): boolean => owners.has(ip) || reserved.has(ip);
  const lost = new Map<AddressRequest, Ip>();
  for (const seeker of ordered) {
    const left = new Set(held.get(seeker.id)?.addresses.filter(isIp).map(parseIp));
    for (const request of openRequests(seeker, left, found)) {
      for (const ip of left) {
        const draft = homeOf(request, ip);
        if (draft === undefined || isTaken(ip)) continue;
        found.set(request, { address: formatIp(ip), subnet: draft.subnet });
        owners.set(ip, seeker);
        left.delete(ip);
        break;
      }
    }
    for (const request of openRequests(seeker, left, found)) {
      const ip = [...left].find((one) => homeOf(request, one) !== undefined || !isHost(subnets, one));
      if (ip === undefined) continue;
      lost.set(request, ip);
      left.delete(ip);
    }
  }
  // First without the addresses to avoid, then with them.
  const searches = [(ip: Ip): boolean => isTaken(ip) || avoided.has(ip), isTaken].map((isUnfit) => {
    const pools = new Map<SubnetDraft, AddressPool>();
    return (draft: SubnetDraft, fraction: number): Ip | undefined => {
      let pool = pools.get(draft);
      if (pool === undefined) pools.set(draft, (pool = new AddressPool(draft.pools, isUnfit)));
      return pool.from(fraction);
    };
  });
  const derive = (seeker: Seeker, request: AddressRequest): FixedIp | undefined => {
    for (const search of searches) {
      for (const draft of request.from) {
        const ip = search(draft, fnv1a(seeker.id) / 2 ** 32);
        if (ip === undefined) continue;
        owners.set(ip, seeker);
        return { address: formatIp(ip), subnet: draft.subnet };
      }
    }
    return undefined;
  };
  const unserved: Seeker[] = [];
  const moved: Move<Seeker>[] = [];
  for (const seeker of ordered) {
    for (const request of seeker.requests) {
      if (found.has(request)) continue;
      const fixedIp = derive(seeker, request);
      if (fixedIp === undefined) {
        unserved.push(seeker);
        break;
      }
      found.set(request, fixedIp);
      const from = lost.get(request);
      if (from === undefined) continue;
      const owner = owners.get(from);
      const holder = owner && showPath(owner.path);
      const because =
        reserved.get(from) ?? (holder === undefined ? 'no subnet of its network has it' : `${holder} has it`);
      const to = fixedIp.address;
      moved.push({ seeker, from: formatIp(from), to, because, ...(holder !== undefined && { holder }) });
    }
  }
  const fixedIps = new Map<Seeker, readonly FixedIp[]>();
  for (const seeker of seekers) {
    fixedIps.set(
      seeker,
      seeker.requests.flatMap((request) => found.get(request) ?? []),
    );
  }
  return { fixedIps, unserved, moved };
}

/** The requests of a seeker that has held addresses left, and that have no address yet. */
function openRequests(
  { requests }: AddressSeeker,
  left: ReadonlySet<Ip>,
  found: ReadonlyMap<AddressRequest, FixedIp>,
): readonly AddressRequest[] {
  return left.size === 0 ? [] : requests.filter((request) => !found.has(request));
}

/** The subnet of the request in which a host can have the address. */
function homeOf({ from }: AddressRequest, ip: Ip): SubnetDraft | undefined {
  return from.find(({ block }) => contains(block, ip) && reservedIn(block, ip) === undefined);
}

function isHost(subnets: readonly SubnetDraft[], ip: Ip): boolean {
  return homeOf({ given: undefined, from: subnets }, ip) !== undefined;
}

function subnetOf(request: AddressRequest, address: string): SubnetDraft {
  const [only] = request.from;
  if (request.from.length === 1 && only !== undefined) return only;
  const ip = parseIp(address);
  return required(
    request.from.find((draft) => contains(draft.block, ip)),
    `a subnet that holds ${address}`,
  );
}
