import { contains } from '../net/block.ts';
import { FreeAddresses } from '../net/free-addresses.ts';
import { formatIp, parseIp } from '../net/ip.ts';
import { must } from './must.ts';
import type { FixedIp } from './resolved.ts';
import type { SubnetDraft } from './subnets.ts';

/** One address somebody needs: a given one, or any of these subnets. */
export interface AddressRequest {
  readonly given: string | undefined;
  readonly from: readonly SubnetDraft[];
}

/** A port or a floating IP that needs addresses. */
export interface AddressSeeker {
  readonly id: string;
  readonly wants: readonly AddressRequest[];
}

export interface Assignment<Seeker> {
  readonly fixedIps: ReadonlyMap<Seeker, readonly FixedIp[]>;
  /** Those for whom nothing was left. */
  readonly unserved: readonly Seeker[];
}

/**
 * Gives every seeker of one network its addresses: given ones first, then the lowest free ones of the pools in order of id, so
 * that the order of the file plays no part. `foreign` are addresses that other machines hold on the same wire.
 */
export function assignAddresses<Seeker extends AddressSeeker>(
  seekers: readonly Seeker[],
  foreign: Iterable<string>,
): Assignment<Seeker> {
  const takenElsewhere = new Set([...foreign].map(parseIp));
  const pools = new Map<SubnetDraft, FreeAddresses>();
  const poolOf = (draft: SubnetDraft): FreeAddresses => {
    let pool = pools.get(draft);
    if (pool === undefined) pools.set(draft, (pool = new FreeAddresses(draft.pools, takenElsewhere)));
    return pool;
  };
  const fixedIps = new Map<Seeker, FixedIp[]>();
  for (const seeker of seekers) fixedIps.set(seeker, []);
  for (const seeker of seekers) {
    for (const want of seeker.wants)
      if (want.given !== undefined) poolOf(subnetOf(want, want.given)).take(parseIp(want.given));
  }
  const unserved: Seeker[] = [];
  for (const seeker of [...seekers].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const found = seeker.wants.map((want) => fixedIpFor(want, poolOf));
    fixedIps.set(
      seeker,
      found.filter((fixedIp) => fixedIp !== undefined),
    );
    if (found.includes(undefined)) unserved.push(seeker);
  }
  return { fixedIps, unserved };
}

function fixedIpFor(want: AddressRequest, poolOf: (draft: SubnetDraft) => FreeAddresses): FixedIp | undefined {
  if (want.given !== undefined) return { address: want.given, subnet: subnetOf(want, want.given).subnet };
  for (const draft of want.from) {
    const address = poolOf(draft).next();
    if (address !== undefined) return { address: formatIp(address), subnet: draft.subnet };
  }
  return undefined;
}

function subnetOf(want: AddressRequest, address: string): SubnetDraft {
  const [only] = want.from;
  if (want.from.length === 1 && only !== undefined) return only;
  const ip = parseIp(address);
  return must(
    want.from.find((draft) => contains(draft.block, ip)),
    `a subnet that holds ${address}`,
  );
}
