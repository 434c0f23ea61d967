import { compareIps } from './ip.ts';
import type { Ip } from './ip.ts';
import type { IpRange } from './range.ts';
import { next } from './raw/address.ts';

/** Allocates the free addresses of some ranges, in their order. No address is ever released, so a cursor is enough. */
export class FreeAddresses {
  readonly #ranges: readonly IpRange[];
  readonly #foreign: ReadonlySet<Ip>;
  readonly #taken = new Set<Ip>();
  #range = 0;
  /** The last address allocated from the current range. */
  #latest: Ip | undefined;

  /** `foreign` are addresses in use outside the topology. */
  constructor(ranges: readonly IpRange[], foreign: ReadonlySet<Ip>) {
    this.#ranges = ranges;
    this.#foreign = foreign;
  }

  /** Marks the address as in use. */
  take(ip: Ip): void {
    this.#taken.add(ip);
  }

  /** Allocates the next free address; `undefined` if there is none. */
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
