import { compareBlocks } from './block.ts';
import type { Block } from './block.ts';
import { compareIps, familyOf } from './ip.ts';
import type { Ip } from './ip.ts';
import { lowest } from './raw/address.ts';

interface Entry<Value> {
  readonly order: number;
  readonly value: Value;
}

/** Entries by prefix length and by the lowest address of their block. */
type ByLength<Value> = Map<number, Map<Ip, Entry<Value>[]>>;

/**
 * Values by block, of either family, found by an address without a search through all blocks. Blocks may overlap. A
 * look-up takes one step per prefix length in use.
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

  /** Returns the value that was added first among those whose block contains the address. */
  first(address: Ip): Value | undefined {
    let found: Entry<Value> | undefined;
    for (const [prefixLength, blocks] of this.#byFamily[familyOf(address)]) {
      const entry = blocks.get(lowest(address, prefixLength))?.[0];
      if (entry !== undefined && (found === undefined || entry.order < found.order)) found = entry;
    }
    return found?.value;
  }

  /** Returns the values whose block contains the address, in the order in which they were added. */
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

/** Returns the blocks that share an address with another of them, without comparing each with each. */
export function overlapping(blocks: readonly Block[]): ReadonlySet<Block> {
  const found = new Set<Block>();
  let lastEnding: Block | undefined;
  for (const block of [...blocks].sort(compareBlocks)) {
    // If any block before this one overlaps it, the one that ends last does. Every IPv4 block ends before every IPv6
    // block.
    if (lastEnding !== undefined && compareIps(block.network, lastEnding.last) <= 0) found.add(lastEnding).add(block);
    if (lastEnding === undefined || compareIps(block.last, lastEnding.last) > 0) lastEnding = block;
  }
  return found;
}
