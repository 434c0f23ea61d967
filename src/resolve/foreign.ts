import { addressOfCidr } from '../net/block.ts';
import type { Topology } from '../topology/types.gen.ts';

/** What the NICs of nodes and outside machines hold already. */
export interface ForeignNics {
  /** Addresses by physical network. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly macs: readonly string[];
}

/** Addresses and MACs that nothing may be given, because a declared NIC on the same segment has them. */
export function foreignNics(doc: Topology): ForeignNics {
  const addresses = new Map<string, string[]>();
  const macs: string[] = [];
  for (const machine of [...Object.values(doc.nodes ?? {}), ...Object.values(doc.hosts ?? {})]) {
    for (const nic of Object.values(machine.nics ?? {})) {
      if (nic.mac_address !== undefined) macs.push(nic.mac_address);
      const held = addresses.get(nic.physical_network) ?? [];
      addresses.set(nic.physical_network, held);
      held.push(...(nic.addresses ?? []).map(addressOfCidr));
    }
  }
  return { addresses, macs };
}
