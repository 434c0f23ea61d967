import type { Command, Family } from '../../model/command.ts';
import type { OwedToken } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { conntrackProgram, deleteConnections } from './conntrack.ts';
import { withoutHostLength } from '../../net/address-text.ts';
import { isIp } from '../../net/ip.ts';
import { formatPorts } from '../../net/ports.ts';
import type { PortRange } from '../../net/ports.ts';
import { programText } from '../../programs/text.ts';

/** Connections that were allowed and no longer are: those of a conntrack zone that match every field given. */
export interface Flows {
  readonly family: Family;
  readonly zone: number;
  readonly source?: string;
  readonly destination?: string;
  /** As conntrack(8) names it, or its number. */
  readonly protocol?: string;
  /** Destination ports. */
  readonly ports?: PortRange;
}

const PREFIX = 'flow=';

/** The protocols that conntrack(8) knows by name. */
const PROTOCOLS: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'sctp', 'dccp', 'udplite', 'gre']);

/** Returns the token for deleting them: `flow=4 4097 - 10.0.0.5/32 tcp 22-23`, with `-` for a field not given. */
export function flowToken({ family, zone, source, destination, protocol, ports }: Flows): OwedToken {
  const known = protocol !== undefined && isKnown(protocol) ? protocol : undefined;
  const range =
    known === undefined || !PROTOCOLS.has(known) || ports === undefined ? undefined : formatPorts(ports, '-');
  return `${PREFIX}${[family, zone, source ?? '-', destination ?? '-', known ?? '-', range ?? '-'].join(' ')}`;
}

/** True for a name that conntrack(8) knows, or a protocol number. */
function isKnown(protocol: string): boolean {
  return PROTOCOLS.has(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) < 256);
}

/** Reads such a token; `undefined` for any other, and for a damaged one. */
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
  return more.length === 0 && /^\d{1,3}$/.test(length) && isIp(address);
}

const DELETE_BY_ADDRESS = programText(new URL('./delete-by-address.sh', import.meta.url));

/** From this many connections on, conntrack lists the connections first. */
const MANY = 5;

/** Returns the commands that delete all these connections. */
export function deleteFlows(netns: Netns, flows: readonly Flows[]): readonly Command[] {
  const byDestination = groupBySide(netns, flows, 'destination');
  const bySource = groupBySide(netns, byDestination.others, 'source');
  return [
    ...byDestination.commands,
    ...bySource.commands,
    ...bySource.others.map((one) => deleteConnections(netns, filterOf(one), one.ports)),
  ];
}

/**
 * Returns one command for each group of many that differ only in one side's address; and the others, which are in no
 * such group.
 */
function groupBySide(
  netns: Netns,
  flows: readonly Flows[],
  side: 'source' | 'destination',
): { readonly commands: readonly Command[]; readonly others: readonly Flows[] } {
  const groups = new Map<string, Flows[]>();
  for (const one of flows) {
    const key = isHost(one[side]) && !isRange(one) ? JSON.stringify({ ...one, [side]: '' }) : '';
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  const many = [...groups].filter(([key, group]) => key !== '' && group.length >= MANY);
  const grouped = new Set(many.flatMap(([, group]) => group));
  const commands = many.flatMap(([, group]) => {
    const { [side]: _, ...rest } = group[0] ?? { family: 4, zone: 0 };
    const own = group.map((one) => withoutHostLength(one[side] ?? '')).join(' ');
    const option = side === 'source' ? 'src' : 'dst';
    return conntrackProgram(netns, DELETE_BY_ADDRESS, option, ` ${own} `, ...filterOf(rest), ...portOf(rest));
  });
  return { commands, others: flows.filter((one) => !grouped.has(one)) };
}

/** True for a block of one address. */
function isHost(block: string | undefined): boolean {
  return block !== undefined && !withoutHostLength(block).includes('/');
}

function isRange({ ports }: Flows): boolean {
  return ports !== undefined && ports.first !== ports.last;
}

function filterOf({ family, zone, source, destination, protocol }: Flows): string[] {
  return [
    ...['-f', family === 6 ? 'ipv6' : 'ipv4', '-w', String(zone)],
    ...(protocol === undefined ? [] : ['-p', protocol]),
    ...(source === undefined ? [] : ['--orig-src', source]),
    ...(destination === undefined ? [] : ['--orig-dst', destination]),
  ];
}

/** Returns the option for a single port; conntrack(8) accepts it only after the protocol. */
function portOf({ ports }: Flows): string[] {
  return ports === undefined || ports.first !== ports.last ? [] : ['--orig-port-dst', String(ports.first)];
}
