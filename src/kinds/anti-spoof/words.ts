import { joinParts } from '../words.ts';
import type { AntiSpoofSpec } from './spec.ts';

/** Describes the link-layer and IPv4 addresses that the tap may send from. */
export function describe({ macs, sources }: AntiSpoofSpec): string {
  const blocks = sources.map(({ cidr, mac }) => `${cidr} (${mac})`);
  return joinParts([`mac ${list(macs)}`, `from ${list(blocks)}`]);
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(' and ');
}
