/** The fields of a port that give its addresses. */
export interface Addressed {
  readonly fixed_ip_address?: string;
  readonly fixed_ips?: readonly string[];
}

/** The addresses that the file gives a port, in its order; empty if netloom allocates them. */
export function addressesOf({ fixed_ip_address: one, fixed_ips: several }: Addressed): readonly string[] {
  return several ?? (one === undefined ? [] : [one]);
}
