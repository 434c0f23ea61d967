import type { Port } from './types.gen.ts';

/** The addresses the file gives an instance's port, in its order; none where it leaves them open. */
export function addressesOf({ fixed_ip_address: one, fixed_ips: several }: Port): readonly string[] {
  return several ?? (one === undefined ? [] : [one]);
}
