import type { Span } from '../places.ts';

/** The spans of an entry are four numbers: the start and end of its key, and of its value. */
const NUMBERS = 4;

/** Up to this many keys are searched one by one. */
const FEW = 12;

/**
 * Where the entries of one mapping or list are in the text. A large topology has a million of them, so their offsets
 * are in one list of numbers, and there is nothing for values that have no entries.
 */
export class Places {
  /** Absent for a list. */
  readonly #keys: string[] | undefined;
  readonly #offsets: number[] = [];
  #inner: (Places | undefined)[] | undefined;
  #indices: Map<string, number> | undefined;

  private constructor(keys: string[] | undefined) {
    this.#keys = keys;
  }

  static ofMapping(): Places {
    return new Places([]);
  }

  static ofList(): Places {
    return new Places(undefined);
  }

  get size(): number {
    return this.#offsets.length / NUMBERS;
  }

  /** Adds the key of an entry, whose value follows. */
  addKey(key: string, start: number, end: number): void {
    this.#keys?.push(key);
    this.#offsets.push(start, end);
  }

  /** Begins an item of a list, which has no key. */
  addItem(at: number): void {
    this.#offsets.push(at, at);
  }

  /** Adds the value of the latest entry; `inner`: where its own entries are. */
  addValue(start: number, end: number, inner: Places | undefined): void {
    const index = (this.#offsets.length - 2) / NUMBERS;
    this.#offsets.push(start, end);
    if (inner !== undefined) (this.#inner ??= [])[index] = inner;
  }

  /** Returns the index of an entry; `undefined` if there is none. */
  indexOf(part: string | number): number | undefined {
    if (this.#keys === undefined) return typeof part === 'number' && part < this.size ? part : undefined;
    if (typeof part === 'number') return undefined;
    if (this.#keys.length > FEW) return this.#indexOfMany(this.#keys).get(part);
    const index = this.#keys.indexOf(part);
    return index < 0 ? undefined : index;
  }

  #indexOfMany(keys: readonly string[]): ReadonlyMap<string, number> {
    return (this.#indices ??= new Map(keys.map((key, index) => [key, index])));
  }

  /** Returns the span of an entry's key; `undefined` for an item of a list. */
  keyAt(index: number): Span | undefined {
    return this.#keys && this.#span(index, 0);
  }

  /** Returns the span of an entry's value. */
  valueAt(index: number): Span {
    return this.#span(index, 2);
  }

  /** Returns where the entries of an entry's value are. */
  innerAt(index: number): Places | undefined {
    return this.#inner?.[index];
  }

  #span(index: number, from: number): Span {
    const at = index * NUMBERS + from;
    return [this.#offsets[at] ?? 0, this.#offsets[at + 1] ?? 0];
  }
}
