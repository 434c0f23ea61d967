import { compareBlocks } from './block.ts';
import type { Block } from './block.ts';
import { compareIps, familyOf } from './ip.ts';
import type { Ip } from './ip.ts';
import { lowest } from './raw/address.ts';

interface Entry<Value> {
  readonly order: number;
  readonly value: Value;
}

/** What begins where, by the length of its prefix. */
type ByLength<Value> = Map<number, Map<Ip, Entry<Value>[]>>;

/**
 * Values by blocks of addresses of either family, to be found by an address without trying one block after the other.
 * Blocks may overlap; an address is looked up once for each prefix length there is.
 */
export class BlockMap<Value> {
  readonly #byFamily: Readonly<Record<4 | 6, ByLength<Value>>> = { 4: new Map(), 6: new Map() };
  #size = 0;

  add({ network, prefixLength }: Block, value: Value): void {
    const byLength = this.#byFamily[familyOf(network)];
    let blocks = byLength.get(prefixLength);
    if (blocks === undefined) byLength.set(prefixLength, (blocks = new Map<Ip, Entry<Value>[]>()));
    const entry = { order: this.#size++, value };
    const known = blocks.get(network);
    if (known === undefined) blocks.set(network, [entry]);
    else known.push(entry);
  }

  /** The first of the values, in the order they were added, whose block holds the address. */
  first(address: Ip): Value | undefined {
    let found: Entry<Value> | undefined;
    for (const [prefixLength, blocks] of this.#byFamily[familyOf(address)]) {
      const entry = blocks.get(lowest(address, prefixLength))?.[0];
      if (entry !== undefined && (found === undefined || entry.order < found.order)) found = entry;
    }
    return found?.value;
  }

  /** The values whose block holds the address, in the order they were added. */
  holding(address: Ip): readonly Value[] {
    const found: Entry<Value>[] = [];
    for (const [prefixLength, blocks] of this.#byFamily[familyOf(address)]) {
      const entries = blocks.get(lowest(address, prefixLength));
      if (entries !== undefined) found.push(...entries);
    }
    if (found.length > 1) found.sort((a, b) => a.order - b.order);
    return found.map(({ value }) => value);
  }
}

/** Those of the blocks that share an address with another of them, found without comparing each with each. */
export function overlapping(blocks: readonly Block[]): ReadonlySet<Block> {
  const found = new Set<Block>();
  let widest: Block | undefined;
  for (const block of [...blocks].sort(compareBlocks)) {
    // Of those before, the one that reaches farthest is in the way if any is. One of IPv4 ends before all of IPv6.
    if (widest !== undefined && compareIps(block.network, widest.last) <= 0) found.add(widest).add(block);
    if (widest === undefined || compareIps(block.last, widest.last) > 0) widest = block;
  }
  return found;
}
