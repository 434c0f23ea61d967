import { addressOfCidr } from '../net/block.ts';
import type { Topology } from '../topology/types.gen.ts';

/** Addresses and MACs of the NICs of nodes and outside hosts. */
export interface DeclaredNics {
  /** Addresses by physical network. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly macs: readonly string[];
}

/** Returns the addresses and MACs that are not assigned, because a NIC in the file has them. */
export function declaredNics(doc: Topology): DeclaredNics {
  const addresses = new Map<string, string[]>();
  const macs: string[] = [];
  for (const owner of [...Object.values(doc.nodes ?? {}), ...Object.values(doc.hosts ?? {})]) {
    for (const nic of Object.values(owner.nics ?? {})) {
      if (nic.mac_address !== undefined) macs.push(nic.mac_address);
      const held = addresses.get(nic.physical_network) ?? [];
      addresses.set(nic.physical_network, held);
      held.push(...(nic.addresses ?? []).map(addressOfCidr));
    }
  }
  return { addresses, macs };
}
