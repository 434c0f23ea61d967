import type { NftTable } from '../../kernel/netfilter/nft.ts';
import { isTapElement, SETS, type SetName } from '../../kernel/netfilter/spoof-table.ts';
import { withHostLength, withoutHostLength } from '../../net/address-text.ts';
import { compareSources, type AntiSpoofSpec } from './spec.ts';

/** What one tap has in each set, as nft writes it but for the quotes around its name. */
export type PortElements = Readonly<Record<SetName, readonly string[]>>;

const NAMES = Object.keys(SETS) as readonly SetName[];

/** What every tap has in the table. What is of no such form is a matter of the table (kind `nft-table`). */
export function portElements({ sets }: NftTable): ReadonlyMap<string, PortElements> {
  const ports = new Map<string, Record<SetName, string[]>>();
  for (const name of NAMES) {
    for (const element of sets.get(name)?.elements ?? []) {
      if (!isTapElement(name, element)) continue;
      const [device = ''] = element.split(' ', 1);
      const known = ports.get(device) ?? { guarded: [], macs: [], sources: [] };
      known[name].push(element);
      ports.set(device, known);
    }
  }
  return ports;
}

/** What a tap with this specification has in the table. */
export function elementsFor(device: string, { macs, sources, guarded }: AntiSpoofSpec): PortElements {
  return {
    guarded: guarded ? [device] : [],
    macs: macs.map((mac) => `${device} . ${mac}`),
    // A single address is written without its length.
    sources: sources.map(({ mac, cidr }) => `${device} . ${mac} . ${withoutHostLength(cidr)}`),
  };
}

/** The specification of a tap that has this in the table, so that `elementsFor` of it gives the same again. */
export function specOf({ guarded, macs, sources }: PortElements): AntiSpoofSpec {
  const words = sources.map((element) => element.split(' . '));
  return {
    macs: macs.map((element) => element.split(' . ')[1] ?? '').sort(),
    sources: words.map(([, mac = '', block = '']) => ({ mac, cidr: withHostLength(block) })).sort(compareSources),
    guarded: guarded.length > 0,
  };
}
