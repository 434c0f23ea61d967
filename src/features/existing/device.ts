import { addressOn } from '../../kinds/address/spec.ts';
import type { Existing, HeldFact } from '../../model/feature.ts';
import type { Resource } from '../../model/resource.ts';
import { addressOfCidr } from '../../net/block.ts';
import type { ResolvedPort } from '../../resolve/resolved.ts';

/** Returns the MAC of a port's device, and those of its addresses that have the length of one of its subnets. */
export function* heldOnDevice(
  { id, netns, device, fixedIps }: ResolvedPort,
  [first]: readonly [Resource, ...Resource[]],
  existing: Existing,
): Generator<HeldFact> {
  const lengths = new Set(fixedIps.map(({ subnet }) => String(subnet.prefixLength)));
  for (const { node, spec } of existing.at(first)) {
    const mac = macOf(spec);
    const addresses = existing.inside(netns).flatMap((object) => {
      const own = object.node === node ? addressOn(object) : undefined;
      if (own?.device !== device || !lengths.has(own.cidr.slice(own.cidr.indexOf('/') + 1))) return [];
      return [addressOfCidr(own.cidr)];
    });
    yield { node, port: id, addresses, ...(mac !== undefined && { mac }) };
  }
}

/** Returns the MAC in the spec of a device; `undefined` for a kind of device without one. */
function macOf(spec: unknown): string | undefined {
  if (typeof spec !== 'object' || spec === null || !('mac' in spec)) return undefined;
  return typeof spec.mac === 'string' ? spec.mac : undefined;
}

/** Returns the MAC of a guest's device. Its addresses are the guest's own. */
export function* heldMac(
  id: string,
  [first]: readonly [Resource, ...Resource[]],
  existing: Existing,
): Generator<HeldFact> {
  for (const { node, spec } of existing.at(first)) {
    const mac = macOf(spec);
    if (mac !== undefined) yield { node, port: id, mac, addresses: [] };
  }
}
