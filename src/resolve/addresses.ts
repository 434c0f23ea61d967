import { contains } from '../net/block.ts';
import { FreeAddresses } from '../net/free-addresses.ts';
import { formatIp, parseIp } from '../net/ip.ts';
import type { Ip } from '../net/ip.ts';
import { required } from './required.ts';
import type { FixedIp } from './resolved.ts';
import type { SubnetDraft } from './subnets.ts';

/** A request for one address: a given one, or the lowest free one of these subnets. */
export interface AddressRequest {
  readonly given: string | undefined;
  readonly from: readonly SubnetDraft[];
}

/** A port or a floating IP that needs addresses. */
export interface AddressSeeker {
  readonly id: string;
  readonly requests: readonly AddressRequest[];
}

export interface Assignment<Seeker> {
  readonly fixedIps: ReadonlyMap<Seeker, readonly FixedIp[]>;
  /** The seekers for which no free address was left. */
  readonly unserved: readonly Seeker[];
}

/**
 * Assigns the addresses of one network: given ones first, then the lowest free ones of the pools in order of id, so the
 * order of the file has no effect. `reserved` are addresses of NICs on the same physical network.
 */
export function assignAddresses<Seeker extends AddressSeeker>(
  seekers: readonly Seeker[],
  reserved: Iterable<Ip>,
): Assignment<Seeker> {
  const reservedIps = new Set(reserved);
  const pools = new Map<SubnetDraft, FreeAddresses>();
  const poolOf = (draft: SubnetDraft): FreeAddresses => {
    let pool = pools.get(draft);
    if (pool === undefined) pools.set(draft, (pool = new FreeAddresses(draft.pools, reservedIps)));
    return pool;
  };
  const fixedIps = new Map<Seeker, FixedIp[]>();
  for (const seeker of seekers) fixedIps.set(seeker, []);
  for (const seeker of seekers) {
    for (const request of seeker.requests)
      if (request.given !== undefined) poolOf(subnetOf(request, request.given)).take(parseIp(request.given));
  }
  const unserved: Seeker[] = [];
  for (const seeker of [...seekers].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const found = seeker.requests.map((request) => fixedIpFor(request, poolOf));
    fixedIps.set(
      seeker,
      found.filter((fixedIp) => fixedIp !== undefined),
    );
    if (found.includes(undefined)) unserved.push(seeker);
  }
  return { fixedIps, unserved };
}

function fixedIpFor(request: AddressRequest, poolOf: (draft: SubnetDraft) => FreeAddresses): FixedIp | undefined {
  if (request.given !== undefined) return { address: request.given, subnet: subnetOf(request, request.given).subnet };
  for (const draft of request.from) {
    const address = poolOf(draft).next();
    if (address !== undefined) return { address: formatIp(address), subnet: draft.subnet };
  }
  return undefined;
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
