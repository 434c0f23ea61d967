import type { Port } from './types.gen.ts';

/** The addresses that the file gives an instance's port, in its order; empty if netloom allocates one. */
export function addressesOf({ fixed_ip_address: one, fixed_ips: several }: Port): readonly string[] {
  return several ?? (one === undefined ? [] : [one]);
}
