import { compareIps } from './ip.ts';
import type { Ip } from './ip.ts';
import type { IpRange } from './range.ts';
import { next } from './raw/address.ts';

/** The free addresses of some ranges, in their order. Nothing is ever given back, so a cursor replaces a search. */
export class FreeAddresses {
  readonly #ranges: readonly IpRange[];
  readonly #foreign: ReadonlySet<Ip>;
  readonly #taken = new Set<Ip>();
  #range = 0;
  /** The one that was given last, of this range. */
  #latest: Ip | undefined;

  /** `foreign` are addresses that somebody else has. */
  constructor(ranges: readonly IpRange[], foreign: ReadonlySet<Ip>) {
    this.#ranges = ranges;
    this.#foreign = foreign;
  }

  /** Says that the address is not free. */
  take(ip: Ip): void {
    this.#taken.add(ip);
  }

  /** The next free address, which is free no more; `undefined` when there is none. */
  next(): Ip | undefined {
    for (; this.#range < this.#ranges.length; this.#range++, this.#latest = undefined) {
      const range = this.#ranges[this.#range];
      if (range === undefined) break;
      let at: Ip | undefined = this.#latest === undefined ? range.first : next(this.#latest);
      for (; at !== undefined && compareIps(at, range.last) <= 0; at = next(at)) {
        if (this.#taken.has(at) || this.#foreign.has(at)) continue;
        return (this.#latest = at);
      }
    }
    return undefined;
  }
}
