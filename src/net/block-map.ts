import type { Cidr } from './ipv4.ts';

interface Entry<Value> {
  readonly order: number;
  readonly value: Value;
}

/**
 * Values by blocks of addresses, to be found by an address without trying one block after the other. Blocks may overlap; an
 * address is looked up once for each prefix length there is.
 */
export class BlockMap<Value> {
  readonly #byLength = new Map<number, Map<number, Entry<Value>[]>>();
  #size = 0;

  add({ network, prefixLength }: Cidr, value: Value): void {
    let blocks = this.#byLength.get(prefixLength);
    if (blocks === undefined) this.#byLength.set(prefixLength, (blocks = new Map<number, Entry<Value>[]>()));
    const entry = { order: this.#size++, value };
    const known = blocks.get(network);
    if (known === undefined) blocks.set(network, [entry]);
    else known.push(entry);
  }

  /** The first of the values, in the order they were added, whose block holds the address. */
  first(address: number): Value | undefined {
    let found: Entry<Value> | undefined;
    for (const prefixLength of this.#byLength.keys()) {
      const entry = this.#entries(address, prefixLength)?.[0];
      if (entry !== undefined && (found === undefined || entry.order < found.order)) found = entry;
    }
    return found?.value;
  }

  /** The values whose block holds the address, in the order they were added. */
  holding(address: number): readonly Value[] {
    const found: Entry<Value>[] = [];
    for (const prefixLength of this.#byLength.keys()) {
      const entries = this.#entries(address, prefixLength);
      if (entries !== undefined) found.push(...entries);
    }
    if (found.length > 1) found.sort((a, b) => a.order - b.order);
    return found.map(({ value }) => value);
  }

  #entries(address: number, prefixLength: number): readonly Entry<Value>[] | undefined {
    const network = address - (address % 2 ** (32 - prefixLength));
    return this.#byLength.get(prefixLength)?.get(network);
  }
}

/** Those of the blocks that share an address with another of them, found without comparing each with each. */
export function entangled(blocks: readonly Cidr[]): ReadonlySet<Cidr> {
  const found = new Set<Cidr>();
  let widest: Cidr | undefined;
  for (const block of [...blocks].sort((a, b) => a.network - b.network)) {
    // Of those before, the one that reaches farthest is in the way if any is.
    if (widest !== undefined && block.network <= widest.broadcast) found.add(widest).add(block);
    if (widest === undefined || block.broadcast > widest.broadcast) widest = block;
  }
  return found;
}
