import type { Existing } from '../../model/feature.ts';
import type { ResolvedPort } from '../../resolve/resolved.ts';

/** Returns the address that the target of a floating IP has on the nodes; by default the resolved one. */
export function heldTarget(fixedAddress: string, ports: readonly ResolvedPort[], existing: Existing): string {
  const target = ports.find(({ fixedIps }) => fixedIps.some(({ address }) => address === fixedAddress));
  const held = target && existing.addressesOf(target.id);
  const index = target?.fixedIps.findIndex(({ address }) => address === fixedAddress) ?? -1;
  return held?.length === target?.fixedIps.length ? (held?.[index] ?? fixedAddress) : fixedAddress;
}
