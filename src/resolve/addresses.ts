import { contains, ipToNumber, numberToIp } from '../net/ipv4.ts';
import type { IpRange } from '../net/ipv4.ts';
import { must } from './must.ts';
import type { FixedIp } from './resolved.ts';
import type { SubnetDraft } from './subnets.ts';

/** One address somebody needs: a given one, or any of these subnets. */
export interface AddressWant {
  readonly given: string | undefined;
  readonly from: readonly SubnetDraft[];
}

/** A port or a floating IP that needs addresses. */
export interface AddressSeeker {
  readonly id: string;
  readonly wants: readonly AddressWant[];
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
  const takenElsewhere = new Set([...foreign].map(ipToNumber));
  const pools = new Map<SubnetDraft, FreeAddresses>();
  const poolOf = (draft: SubnetDraft): FreeAddresses => {
    let pool = pools.get(draft);
    if (pool === undefined) pools.set(draft, (pool = new FreeAddresses(draft.pools, takenElsewhere)));
    return pool;
  };
  const fixedIps = new Map<Seeker, FixedIp[]>();
  for (const seeker of seekers) fixedIps.set(seeker, []);
  for (const seeker of seekers) {
    for (const want of seeker.wants) if (want.given !== undefined) poolOf(subnetOf(want, want.given)).take(want.given);
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

function fixedIpFor(want: AddressWant, poolOf: (draft: SubnetDraft) => FreeAddresses): FixedIp | undefined {
  if (want.given !== undefined) return { address: want.given, subnet: subnetOf(want, want.given).subnet };
  for (const draft of want.from) {
    const address = poolOf(draft).next();
    if (address !== undefined) return { address, subnet: draft.subnet };
  }
  return undefined;
}

function subnetOf(want: AddressWant, address: string): SubnetDraft {
  const [only] = want.from;
  if (want.from.length === 1 && only !== undefined) return only;
  const number = ipToNumber(address);
  return must(
    want.from.find((draft) => contains(draft.block, number)),
    `a subnet that holds ${address}`,
  );
}

/** The free addresses of a subnet, lowest first. Nothing is ever given back, so a cursor replaces a search. */
class FreeAddresses {
  readonly #ranges: readonly IpRange[];
  readonly #foreign: ReadonlySet<number>;
  readonly #taken = new Set<number>();
  #range = 0;
  #cursor = -1;

  constructor(ranges: readonly IpRange[], foreign: ReadonlySet<number>) {
    this.#ranges = ranges;
    this.#foreign = foreign;
  }

  take(address: string): void {
    this.#taken.add(ipToNumber(address));
  }

  next(): string | undefined {
    for (; this.#range < this.#ranges.length; this.#range++, this.#cursor = -1) {
      const range = this.#ranges[this.#range];
      if (range === undefined) break;
      for (let at = Math.max(range.first, this.#cursor); at <= range.last; at++) {
        if (this.#taken.has(at) || this.#foreign.has(at)) continue;
        this.#cursor = at + 1;
        return numberToIp(at);
      }
    }
    return undefined;
  }
}
