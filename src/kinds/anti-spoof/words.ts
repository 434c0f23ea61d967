import { sentence } from '../words.ts';
import type { AntiSpoofSpec } from './spec.ts';

/** Which link-layer addresses the tap may send from, and which IPv4 addresses. */
export function describe({ macs, sources }: AntiSpoofSpec): string {
  const blocks = sources.map(({ cidr, mac }) => `${cidr} (${mac})`);
  return sentence([`mac ${list(macs)}`, `from ${list(blocks)}`]);
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(' and ');
}
