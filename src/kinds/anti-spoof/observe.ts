import type { NftTable } from '../../kernel/netfilter/nft.ts';
import { isTapElement, SETS, type SetName } from '../../kernel/netfilter/spoof-table.ts';
import { withHostLength, withoutHostLength } from '../../net/address-text.ts';
import { compareSources, type AntiSpoofSpec } from './spec.ts';

/** The elements of one tap in each set, as nft writes them but for the quotes around the tap's name. */
export type PortElements = Readonly<Record<SetName, readonly string[]>>;

const NAMES = Object.keys(SETS) as readonly SetName[];

/**
 * Returns the elements of every tap in the table. Elements of another form are a matter of the table (kind
 * `nft-table`).
 */
export function portElements({ sets }: NftTable): ReadonlyMap<string, PortElements> {
  const ports = new Map<string, Record<SetName, string[]>>();
  for (const name of NAMES) {
    for (const element of sets.get(name)?.elements ?? []) {
      if (!isTapElement(name, element)) continue;
      const [device = ''] = element.split(' ', 1);
      const known = ports.get(device) ?? { guarded: [], macs: [], sources: [], clients: [] };
      known[name].push(element);
      ports.set(device, known);
    }
  }
  return ports;
}

/** Returns the elements of a tap with this spec. */
export function elementsFor(device: string, { macs, sources, clients, guarded }: AntiSpoofSpec): PortElements {
  return {
    guarded: guarded ? [device] : [],
    macs: macs.map((mac) => `${device} . ${mac}`),
    // A single address is written without its length.
    sources: sources.map(({ mac, cidr }) => `${device} . ${mac} . ${withoutHostLength(cidr)}`),
    clients: clients.map((mac) => `${device} . ${String(numberOfMac(mac))}`),
  };
}

/** Returns the spec of a tap with these elements, so that `elementsFor` of it returns the same elements. */
export function specOf({ guarded, macs, sources, clients }: PortElements): AntiSpoofSpec {
  const words = sources.map((element) => element.split(' . '));
  return {
    macs: macs.map((element) => element.split(' . ')[1] ?? '').sort(),
    sources: words.map(([, mac = '', block = '']) => ({ mac, cidr: withHostLength(block) })).sort(compareSources),
    clients: clients.map((element) => macOfNumber(Number(element.split(' . ')[1]))).sort(),
    guarded: guarded.length > 0,
  };
}

function numberOfMac(mac: string): number {
  return Number.parseInt(mac.replaceAll(':', ''), 16);
}

function macOfNumber(number: number): string {
  return (number.toString(16).padStart(12, '0').match(/../g) ?? []).join(':');
}
