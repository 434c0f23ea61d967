import { count } from '../../render/columns.ts';
import { compareIps, isIp, parseIp } from '../../net/ip.ts';
import type { InstancePort, ResolvedInstance } from '../../resolve/resolved.ts';
import { joinMarks, type Mark, type Marks } from '../live/mark.ts';
import type { Level, Thing } from './scene.ts';

/** An instance, or several on the same networks that are drawn as one. */
export interface Guest {
  readonly id: string;
  readonly kind: Thing['kind'] & ('instance' | 'instances');
  readonly name: string;
  readonly members: readonly ResolvedInstance[];
  /** Names of the nodes. */
  readonly nodes: readonly string[];
  readonly mark?: Mark;
}

/** How many things are drawn singly, and how many of them are no instances. */
export interface Room {
  readonly most: number;
  readonly others: number;
}

/**
 * Returns the instances as they are drawn: each for itself if all things are at most as many as there is room for.
 * Otherwise those that are well and on the same networks (with devices: also on the same node) are one.
 */
export function guestsOf(
  instances: readonly ResolvedInstance[],
  level: Level,
  { most, others }: Room,
  marks: Marks,
): readonly Guest[] {
  if (instances.length + others <= most) return instances.map((instance) => single(instance, marks));
  const groups = new Map<string, ResolvedInstance[]>();
  for (const instance of instances) {
    const networks = instance.ports.map(({ network }) => network);
    const health = marks.get(instance.origin.path)?.health ?? 'ok';
    const key = JSON.stringify([level === 'devices' ? instance.node : '', health, networks]);
    const known = groups.get(key);
    if (known) known.push(instance);
    else groups.set(key, [instance]);
  }
  return [...groups.values()].map((members) => {
    const [first] = members;
    return members.length === 1 && first ? single(first, marks) : folded(members, marks);
  });
}

function single(instance: ResolvedInstance, marks: Marks): Guest {
  const mark = marks.get(instance.origin.path);
  const { name, node } = instance;
  return { id: `instance ${name}`, kind: 'instance', name, members: [instance], nodes: [node], ...(mark && { mark }) };
}

function folded(members: readonly ResolvedInstance[], marks: Marks): Guest {
  const name = count(members.length, 'instance');
  const joined = joinMarks(members.map(({ origin }) => marks.get(origin.path)));
  const unwell = members.filter(({ origin }) => (marks.get(origin.path)?.health ?? 'ok') !== 'ok');
  const names = `${unwell
    .map((each) => each.name)
    .slice(0, 3)
    .join(', ')}${unwell.length > 3 ? ', …' : ''}`;
  const lines = unwell.length === 0 ? [] : [`${joined?.health ?? ''}: ${names}`, ...(joined?.lines ?? [])];
  return {
    id: `instances ${members[0]?.name ?? ''}`,
    kind: 'instances',
    name,
    members,
    nodes: [...new Set(members.map(({ node }) => node))],
    ...(joined && { mark: { health: joined.health, lines } }),
  };
}

/** Returns the names of instances that are drawn as one. */
export function membersOf({ kind, members }: Guest): Pick<Thing, 'members'> {
  return kind === 'instances' ? { members: members.map(({ name }) => name) } : {};
}

/** Returns where a guest is, in words: `on compute1`, `on 3 nodes`. */
export function whereText({ nodes }: Guest): string {
  return nodes.length <= 2 ? `on ${nodes.join(' and ')}` : `on ${count(nodes.length, 'node')}`;
}

/** Returns the ports at the same place of all members: their first ports, their second ones. */
export function portsOf({ members }: Guest): readonly (readonly InstancePort[])[] {
  const most = Math.max(0, ...members.map(({ ports }) => ports.length));
  return Array.from({ length: most }, (_, i) => members.flatMap(({ ports }) => ports[i] ?? []));
}

/** Returns the addresses of ports: of one port each, of several the first and the last. */
export function addressesOf(ports: readonly InstancePort[]): string {
  const addresses = ports.flatMap(({ fixedIps }) => fixedIps.map(({ address }) => address));
  if (addresses.length === 0) return 'no address';
  if (ports.length === 1) return addresses.join(' ');
  const sorted = addresses.filter(isIp).sort((a, b) => compareIps(parseIp(a), parseIp(b)));
  return `${sorted[0] ?? ''} – ${sorted.at(-1) ?? ''}`;
}
