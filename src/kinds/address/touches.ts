import type { Change } from '../../model/change.ts';
import type { Touch } from '../../model/touch.ts';
import { addressOfCidr, networkOf } from '../../net/block.ts';
import { withHostLength } from '../../net/address-text.ts';
import type { AddressSpec } from './spec.ts';

/** Returns what a change of an address does to the node: with the address comes, or goes, a route to its network. */
export function touches({ action, desired, observed }: Change): readonly Touch[] {
  const [now, before] = [desired?.spec as AddressSpec | undefined, observed?.spec as AddressSpec | undefined];
  const taken = action === 'delete' || action === 'replace' ? before : undefined;
  const given = action === 'create' || action === 'replace' ? now : undefined;
  return [...(taken === undefined ? [] : [takenBy(taken)]), ...(given === undefined ? [] : givenBy(given))];
}

/** What is sent to an address of the node itself leaves it no longer. */
function givenBy({ cidr, device }: AddressSpec): readonly Touch[] {
  return [
    { diverts: networkOf(cidr), devices: [device], last: true },
    { diverts: withHostLength(addressOfCidr(cidr)), devices: [] },
  ];
}

function takenBy({ cidr, device }: AddressSpec): Touch {
  return { takes: 'address', address: addressOfCidr(cidr), network: networkOf(cidr), device };
}
