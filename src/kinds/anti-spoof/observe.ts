import { isCidr } from '../../net/ipv4.ts';
import type { NftSet, NftTable } from '../shared/nft.ts';
import { CHECKS, deviceOfObject, GUARDED, portObjects, portRules } from '../shared/spoof-table.ts';
import { canonicalSources, type AntiSpoofSpec, type Source } from './spec.ts';

const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** How the sets of a tap are declared. */
export const MACS_DECLARED = 'type ether_addr ;';
export const SOURCES_DECLARED = 'type ether_addr . ipv4_addr ; flags interval ;';

/** Every tap that has anything in the table. */
export function devicesIn({ sets, chains }: NftTable): readonly string[] {
  const named = [...sets.keys(), ...chains.keys()].map(deviceOfObject);
  const listed = [GUARDED, CHECKS].flatMap((name) => sets.get(name)?.elements ?? []).map((text) => text.split(' ')[0]);
  return [...new Set([...named, ...listed])].filter((device) => device !== undefined).sort();
}

/** What stands of a tap: complete enough to make it again if it is intact. */
export function specOf(table: NftTable, device: string): AntiSpoofSpec {
  const { chain, macs: macsName, sources: sourcesName, check } = portObjects(device);
  const macs = table.sets.get(macsName);
  const set = table.sets.get(sourcesName);
  const rules = table.chains.get(chain)?.rules ?? [];
  const isAny = set === undefined;
  const sources = (set?.elements ?? []).map(sourceOf);
  const known = sources.filter((source) => source !== undefined);
  const isIntact =
    macs?.declared === MACS_DECLARED &&
    macs.elements.every((mac) => MAC.test(mac)) &&
    (isAny || set.declared === SOURCES_DECLARED) &&
    known.length === sources.length &&
    rules.join('\n') === portRules(device, isAny ? 'any' : 'listed').join('\n') &&
    has(table.sets.get(GUARDED), device) &&
    has(table.sets.get(CHECKS), check);
  return {
    macs: (macs?.elements ?? []).filter((mac) => MAC.test(mac)).sort(),
    sources: isAny ? 'any' : canonicalSources(known),
    intact: isIntact,
  };
}

function has(set: NftSet | undefined, element: string): boolean {
  return set?.elements.includes(element) ?? false;
}

/** `fa:16:3e:00:00:01 . 10.0.0.5` → that MAC, and 10.0.0.5/32. */
function sourceOf(element: string): Source | undefined {
  const [mac = '', block = ''] = element.split(' . ');
  const cidr = block.includes('/') ? block : `${block}/32`;
  return MAC.test(mac) && isCidr(cidr) ? { mac, cidr } : undefined;
}
