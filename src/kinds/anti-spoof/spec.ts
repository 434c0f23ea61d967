import { compareBlocks, contains, networkOf, parseBlock } from '../../net/block.ts';
import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const ANTI_SPOOF = kindName('anti-spoof');

/** An IPv4 block that a MAC may send from. */
export interface Source {
  readonly mac: string;
  readonly cidr: string;
}

/**
 * The MACs and IPv4 addresses that an instance may send from at its tap, which the resource is named after. All else is
 * dropped: another MAC, another IPv4 address or ARP sender, a DHCP message for another client. A DHCP request needs no
 * address, IPv6 is left to ip6tables,
 * and frames of any other type pass in neither direction.
 */
export interface AntiSpoofSpec {
  /** In lower case, sorted. */
  readonly macs: readonly string[];
  /** Sorted, none inside another of the same MAC. */
  readonly sources: readonly Source[];
  /**
   * The MACs that may be the client in a DHCP message: those of `macs`; none where the node's nft is too old to check
   * it.
   */
  readonly clients: readonly string[];
  /** The tap is checked at all. */
  readonly guarded: boolean;
}

/**
 * Returns what an instance may send from at this tap. MACs in either case, blocks with or without host bits, in any
 * order.
 */
export function antiSpoof(
  { node, device }: { readonly node: string; readonly device: string },
  { macs, sources }: { readonly macs: readonly string[]; readonly sources: readonly Source[] },
  origin: Origin,
): Resource<AntiSpoofSpec> {
  const own = [...new Set(macs.map((mac) => mac.toLowerCase()))].sort();
  const spec: AntiSpoofSpec = {
    macs: own,
    clients: own,
    sources: canonicalSources(sources),
    guarded: true,
  };
  return { node, netns: null, kind: ANTI_SPOOF, name: device, spec, origin };
}

/**
 * Returns each block once, in order of MAC and address. A block inside another of the same MAC is left out: it adds
 * nothing, and the kernel refuses it.
 */
function canonicalSources(sources: readonly Source[]): readonly Source[] {
  const all = sources.map(({ mac, cidr }) => ({ mac: mac.toLowerCase(), cidr: networkOf(cidr) }));
  const kept: Source[] = [];
  // A block sorts before those inside it, and after all that contain it.
  for (const source of all.sort(compareSources)) {
    const last = kept.at(-1);
    const isInside = last?.mac === source.mac && contains(parseBlock(last.cidr), parseBlock(source.cidr).network);
    if (!isInside) kept.push(source);
  }
  return kept;
}

/** Compares by MAC and address, the wider block first. */
export function compareSources(a: Source, b: Source): number {
  if (a.mac !== b.mac) return a.mac < b.mac ? -1 : 1;
  return compareBlocks(parseBlock(a.cidr), parseBlock(b.cidr));
}
