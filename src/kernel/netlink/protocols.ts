/**
 * Protocols of routing daemons (linux/rtnetlink.h, RTPROT_…): the names that `ip` prints, and the numbers. What a
 * daemon adds to a namespace of ours was set up on purpose, and the daemon would add it again.
 */
const DAEMONS: Readonly<Record<string, number>> = {
  gated: 8,
  mrt: 10,
  zebra: 11,
  bird: 12,
  dnrouted: 13,
  xorp: 14,
  ntk: 15,
  mrouted: 17,
  keepalived: 18,
  babel: 42,
  openr: 99,
  bgp: 186,
  isis: 187,
  ospf: 188,
  rip: 189,
  eigrp: 192,
};

/**
 * The table, and the preference of its rule, of strongSwan's charon (`charon.routing_table`), as `ip` prints it. Its
 * routes are `proto static`.
 */
export const CHARON_TABLE = '220';

const NUMBERS: ReadonlySet<number> = new Set(Object.values(DAEMONS));

/** Returns whether a protocol is that of a routing daemon, as `ip` prints it (a number where it knows no name). */
export function isDaemon(protocol: string | number): boolean {
  return Object.hasOwn(DAEMONS, protocol) || NUMBERS.has(Number(protocol));
}
