/** The names of IP protocols in the Neutron API (neutron_lib, IP_PROTOCOL_MAP), with IANA's numbers. */
const NUMBERS: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  icmp: 1,
  icmpv6: 58,
  igmp: 2,
  ipip: 4,
  'ipv6-encap': 41,
  'ipv6-frag': 44,
  'ipv6-icmp': 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  'ipv6-route': 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
};

/** ICMP's numbers, for IPv4 and IPv6. */
export const ICMP = 1;
export const ICMPV6 = 58;

const WITH_PORTS: ReadonlySet<number> = new Set([6, 17, 33, 132, 136]);

/** Returns the number of a protocol; `undefined` for all protocols (`any`, `ip`, `hopopt` and 0 in Neutron). */
export function protocolNumber(protocol: string | number): number | undefined {
  const number = NUMBERS[protocol] ?? Number(protocol);
  return Number.isNaN(number) || number === 0 ? undefined : number;
}

/** Returns the names of all protocols, and those for any protocol. */
export function protocolNames(): readonly string[] {
  return [...Object.keys(NUMBERS), 'any', 'ip', 'hopopt'];
}

/** True for a protocol whose ports a rule can match: tcp, udp, dccp, sctp, udplite. */
export function hasPorts(protocol: number | undefined): boolean {
  return protocol !== undefined && WITH_PORTS.has(protocol);
}

/** Returns Neutron's name of a protocol number; `protocol NUMBER` if it has none. */
export function protocolName(number: number): string {
  return Object.keys(NUMBERS).find((name) => NUMBERS[name] === number) ?? `protocol ${String(number)}`;
}
