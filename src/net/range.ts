import { compareIps } from './ip.ts';
import type { Ip } from './ip.ts';
import { rangesIntersect, isBetween, next, previous } from './raw/address.ts';

/**
 * An inclusive range of addresses of one family, such as an allocation pool. A range that ends before it starts has no
 * address.
 */
export interface IpRange {
  readonly first: Ip;
  readonly last: Ip;
}

/** True if the range ends before it starts. */
export function endsBeforeItStarts({ first, last }: IpRange): boolean {
  return compareIps(first, last) > 0;
}

/** True if the range contains the address. */
export function isWithin({ first, last }: IpRange, ip: Ip): boolean {
  return isBetween(first, ip, last);
}

/** True if the two ranges share an address. */
export function rangesOverlap(a: IpRange, b: IpRange): boolean {
  return rangesIntersect(a.first, a.last, b.first, b.last);
}

/** Compares two ranges, for `sort`: by their first address. */
export function compareRanges(a: IpRange, b: IpRange): number {
  return compareIps(a.first, b.first);
}

/**
 * Returns a range without the given addresses. Neutron's default pool, for example, is the host addresses without the
 * gateway.
 */
export function subtractAddresses(range: IpRange, holes: readonly Ip[]): readonly IpRange[] {
  const left: IpRange[] = [];
  let first: Ip | undefined = range.first;
  for (const hole of [...new Set(holes)].sort(compareIps)) {
    if (first === undefined || !isWithin({ first, last: range.last }, hole)) continue;
    if (hole !== first) left.push({ first, last: previous(hole) });
    first = next(hole);
  }
  if (first !== undefined && !endsBeforeItStarts({ first, last: range.last })) left.push({ first, last: range.last });
  return left;
}
