import type { Ip } from './ip.ts';
import type { IpRange } from './range.ts';
import { distance, offset } from './raw/address.ts';

/** An address of a larger pool is never derived: positions in a pool are exact as numbers. */
const MOST = 2 ** 52;

/**
 * Finds free addresses in some ranges, which must not overlap. A search continues upwards from a position and wraps. It
 * skips a run of taken addresses in one step (union-find), so it is fast in a pool that is nearly full.
 */
export class AddressPool {
  readonly #ranges: readonly { readonly first: Ip; readonly start: number; readonly end: number }[];
  readonly #size: number;
  readonly #isTaken: (ip: Ip) => boolean;
  /** By a taken position: a higher one, below which all are taken. */
  readonly #beyond = new Map<number, number>();

  /** `isTaken`: addresses that must not be found. An address may become taken, but never free again. */
  constructor(ranges: readonly IpRange[], isTaken: (ip: Ip) => boolean) {
    let end = 0;
    this.#ranges = ranges.map(({ first, last }) => {
      const start = end;
      end = Math.min(MOST, start + Math.max(0, distance(first, last) + 1));
      return { first, start, end };
    });
    this.#size = end;
    this.#isTaken = isTaken;
  }

  /** Returns the first free address from `fraction` (0 to below 1) of the pool; `undefined` if there is none. */
  from(fraction: number): Ip | undefined {
    const start = Math.min(Math.floor(fraction * this.#size), this.#size - 1);
    return this.#search(start, this.#size) ?? this.#search(0, start);
  }

  #search(start: number, end: number): Ip | undefined {
    for (let at = this.#free(start); at < end; at = this.#free(at)) {
      const ip = this.#at(at);
      if (ip === undefined || !this.#isTaken(ip)) return ip;
      this.#beyond.set(at, at + 1);
    }
    return undefined;
  }

  /** Returns the lowest position from this one that is not known to be taken. */
  #free(position: number): number {
    let free = position;
    for (let next = this.#beyond.get(free); next !== undefined; next = this.#beyond.get(free)) free = next;
    for (let at = position; at !== free;) {
      const next = this.#beyond.get(at) ?? free;
      this.#beyond.set(at, free);
      at = next;
    }
    return free;
  }

  #at(position: number): Ip | undefined {
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (position < (this.#ranges[middle]?.end ?? 0)) high = middle;
      else low = middle + 1;
    }
    const range = this.#ranges[low];
    return range && offset(range.first, position - range.start);
  }
}
