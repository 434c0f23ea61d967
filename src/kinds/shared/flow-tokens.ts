import type { Command, Family } from '../../model/command.ts';
import type { OwedToken } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { isIpv6 } from '../../net/ipv6.ts';
import { formatPorts } from '../../net/ports.ts';
import type { PortRange } from '../../net/ports.ts';

/** Connections that were allowed and are not any more: those of a conntrack zone, as far as the rest is said. */
export interface Flows {
  readonly family: Family;
  readonly zone: number;
  readonly source?: string;
  readonly destination?: string;
  /** As conntrack(8) names it, or its number. */
  readonly protocol?: string;
  /** Ports that they are for. */
  readonly ports?: PortRange;
}

const PREFIX = 'flow=';

/** Those that conntrack(8) knows by name, some with ports. */
const PROTOCOLS: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'sctp', 'dccp', 'udplite', 'gre']);

/** The token for cutting them: `flow=4 4097 - 10.0.0.5/32 tcp 22:22`, with `-` for what is left open. */
export function flowToken({ family, zone, source, destination, protocol, ports }: Flows): OwedToken {
  const known = protocol !== undefined && isKnown(protocol) ? protocol : undefined;
  const range =
    known === undefined || !PROTOCOLS.has(known) || ports === undefined ? undefined : formatPorts(ports, '-');
  return `${PREFIX}${[family, zone, source ?? '-', destination ?? '-', known ?? '-', range ?? '-'].join(' ')}`;
}

/** Any other goes by its number. */
function isKnown(protocol: string): boolean {
  return PROTOCOLS.has(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) < 256);
}

/** What such a token says; `undefined` for any other, and for one that is damaged. */
export function readFlows(token: OwedToken): Flows | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const [family, zone = '', source, destination, protocol, ports, ...more] = token.slice(PREFIX.length).split(' ');
  const sides = [source, destination].map((side) => (side === '-' ? undefined : side));
  if (more.length > 0 || (family !== '4' && family !== '6') || !/^\d{1,5}$/.test(zone)) return undefined;
  if (!sides.every((side) => side === undefined || isBlock(side))) return undefined;
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports ?? '') ?? [];
  return {
    family: family === '6' ? 6 : 4,
    zone: Number(zone),
    ...(sides[0] !== undefined && { source: sides[0] }),
    ...(sides[1] !== undefined && { destination: sides[1] }),
    ...(protocol !== undefined && isKnown(protocol) && { protocol }),
    ...(first !== undefined && { ports: { first: Number(first), last: Number(last) } }),
  };
}

function isBlock(text: string): boolean {
  const [address = '', length = '0', ...more] = text.split('/');
  return more.length === 0 && /^\d{1,3}$/.test(length) && (isIpv4(address) || isIpv6(address));
}

/**
 * conntrack(8) finds connections by one port, not by a range: it is asked which there are. Arguments: first and last port, and the filter.
 */
const CUT_RANGE = `
first=$1 last=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed -n 's/ dport=\\([0-9]*\\) .*/ \\1/p' | sed 's/.* //' | sort -u | while read -r port; do
  [ "$port" -lt "$first" ] || [ "$port" -gt "$last" ] || conntrack -D "$@" --orig-port-dst "$port"
done
`;

/** The command that cuts them. */
export function cut(netns: Netns, { family, zone, source, destination, protocol, ports }: Flows): Command {
  const filter = [
    ...['-f', family === 6 ? 'ipv6' : 'ipv4', '-w', String(zone)],
    ...(protocol === undefined ? [] : ['-p', protocol]),
    ...(source === undefined ? [] : ['--orig-src', source]),
    ...(destination === undefined ? [] : ['--orig-dst', destination]),
  ];
  // conntrack(8) exits with 1 when it finds nothing to delete.
  const run = (...argv: string[]): Command => ({ tool: 'exec', netns, argv, ok: [0, 1] });
  if (ports === undefined) return run('conntrack', '-D', ...filter);
  const { first, last } = ports;
  if (first === last) return run('conntrack', '-D', ...filter, '--orig-port-dst', String(first));
  return run('sh', '-c', CUT_RANGE, 'sh', String(first), String(last), ...filter);
}
