import type { ExternalGateway, Port } from './types.gen.ts';

/** The addresses that the file gives the port of an instance or a gateway, in its order; empty: one is derived. */
export function addressesOf({ fixed_ip_address: one, fixed_ips: several }: Port | ExternalGateway): readonly string[] {
  return several ?? (one === undefined ? [] : [one]);
}
