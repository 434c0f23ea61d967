import type { Address } from '../../model/resource.ts';

/** An object that was put right so often in this time is contested. */
export const [TIMES, WITHIN_MS] = [5, 60_000];

/** Counts how often each object was put right, so that no object is fought over for ever. */
export class Contest {
  readonly #healed = new Map<Address, readonly number[]>();
  readonly #contested = new Set<Address>();

  /** Notes that an object is put right. */
  note(address: Address, now: number): void {
    const recent = (this.#healed.get(address) ?? []).filter((at) => now - at < WITHIN_MS);
    this.#healed.set(address, [...recent, now]);
  }

  /** Returns `new` when an object was put right too often, and from then on `known`. */
  isContested(address: Address, now: number): 'new' | 'known' | undefined {
    if (this.#contested.has(address)) return 'known';
    const recent = (this.#healed.get(address) ?? []).filter((at) => now - at < WITHIN_MS);
    if (recent.length < TIMES) return undefined;
    this.#contested.add(address);
    return 'new';
  }

  /** Forgets everything: the file has changed, or people have asked for it. */
  forget(): void {
    this.#healed.clear();
    this.#contested.clear();
  }
}
