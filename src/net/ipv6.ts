/** What every link of IPv6 carries (RFC 8200, section 5). */
const LEAST_MTU = 1280;

/** Whether a link of this MTU has IPv6: on a smaller one the kernel has none, nor its parameters below /proc/sys. */
export function carriesIpv6({ mtu }: { readonly mtu: number }): boolean {
  return mtu >= LEAST_MTU;
}
