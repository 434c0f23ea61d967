import type { Command } from '../model/command.ts';
import { netnsOf } from '../model/command.ts';
import type { Batch, Step } from '../model/plan.ts';
import type { Netns } from '../model/resource.ts';
import type { Operation } from './operations.ts';

/** Commands of one operation that one process can carry out together. */
interface Segment {
  readonly node: string;
  readonly netns: Netns;
  readonly lane: Batch['lane'];
  readonly key: string;
  readonly steps: Step[];
  readonly next: Set<Segment>;
  /** It opens a way into the node's own namespace: what needs the operation's object does not wait for it. */
  opens: boolean;
  waitsFor: number;
  batch: number;
}

function laneOf(command: Command): { lane: Segment['lane']; netns: Netns } {
  if (command.tool === 'netns-add') return { lane: 'birth', netns: command.netns };
  if (command.tool === 'netns-del') return { lane: 'sh', netns: null };
  // Sets have a lane of their own: a restore of rules waits for those it matches, and those it leaves wait for it.
  const lane = command.tool === 'ip' || command.tool === 'ipset' ? command.tool : 'sh';
  return { lane, netns: netnsOf(command) };
}

function keyOf(node: string, netns: Netns, lane: Segment['lane']): string {
  return `${node}/${netns ?? '-'}/${lane}`;
}

function segmentsOf(operation: Operation): Segment[] {
  const segments: Segment[] = [];
  for (const command of operation.commands) {
    const { lane, netns } = laneOf(command);
    const step: Step = { address: operation.address, command };
    const last = segments.at(-1);
    const key = keyOf(operation.node, netns, lane);
    if (last?.key === key) {
      last.steps.push(step);
      continue;
    }
    const segment: Segment = {
      node: operation.node,
      netns,
      lane,
      key,
      steps: [step],
      next: new Set(),
      opens: false,
      waitsFor: 0,
      batch: -1,
    };
    if (last) link(last, segment);
    segments.push(segment);
  }
  return segments;
}

function link(before: Segment, after: Segment): void {
  if (before === after || before.next.has(after)) return;
  before.next.add(after);
  after.waitsFor += 1;
}

/** What is taken first among lanes that could go: the node's own links and sets, then whole namespaces, then what stands in them. */
function rank({ lane, netns }: Segment): number {
  if (lane === 'birth') return 1;
  if (netns === null) return lane === 'sh' ? 4 : 0;
  return lane === 'sh' ? 3 : 2;
}

/** What is done before a namespace is open to others, and what opens it. */
export interface Entrances {
  readonly filters: (operation: Operation) => boolean;
  readonly admits: (operation: Operation) => boolean;
}

/**
 * Joins the commands of all operations to as few batches as the order allows. A namespace that is born takes in all that happens inside it and waits for
 * nothing outside: it is finished before it has a name. `undefined` when the order closes a circle (`order.ts` opens them).
 */
export function batchesOf(
  operations: readonly Operation[],
  edges: readonly (readonly [Operation, Operation])[],
  entrances: Entrances = { filters: () => false, admits: () => false },
): Batch[] | undefined {
  const segments = new Map<Operation, Segment[]>(operations.map((operation) => [operation, segmentsOf(operation)]));
  for (const operation of operations.filter(entrances.admits)) {
    const own = segments.get(operation) ?? [];
    const last = own.at(-1);
    if (last && own.length > 1 && own.every(({ netns }) => netns === null)) last.opens = true;
  }
  linkOperations(operations, segments, edges);
  linkFilters(operations, segments, entrances.filters);

  const ready = new Map<string, Set<Segment>>();
  const offer = (segment: Segment): void => {
    const lane = ready.get(segment.key) ?? new Set();
    lane.add(segment);
    ready.set(segment.key, lane);
  };
  const all = [...segments.values()].flat();
  for (const segment of all) if (segment.waitsFor === 0) offer(segment);

  const batches: { segments: Segment[]; first: Segment }[] = [];
  const take = (first: Segment): number => {
    const keys =
      first.lane === 'birth'
        ? (['birth', 'ip', 'sh'] as const).map((lane) => keyOf(first.node, first.netns, lane))
        : [first.key];
    const taken: Segment[] = [];
    for (let more = true; more;) {
      more = false;
      for (const key of keys) {
        for (const segment of ready.get(key) ?? []) {
          if (first.lane === 'birth' && !canJoinBirth(segment)) continue;
          ready.get(key)?.delete(segment);
          segment.batch = batches.length;
          taken.push(segment);
          more = true;
          for (const after of segment.next) if (--after.waitsFor === 0) offer(after);
        }
      }
    }
    for (const key of keys) if (ready.get(key)?.size === 0) ready.delete(key);
    batches.push({ segments: taken, first });
    return taken.length;
  };
  // Wave by wave: what becomes ready in a lane that had its turn waits for the next, where there is more of it to be done together.
  for (let left = all.length; left > 0;) {
    const wave = [...ready.values()].flatMap(firstOf).sort((a, b) => rank(a) - rank(b));
    if (wave.length === 0) return undefined;
    for (const { key } of wave) {
      const [first] = ready.get(key) ?? [];
      if (first) left -= take(first);
    }
  }
  return toBatches(batches);
}

function firstOf([first]: Iterable<Segment>): Segment[] {
  return first ? [first] : [];
}

/** Inside a namespace without a name yet only what needs no name can be done. */
function canJoinBirth(segment: Segment): boolean {
  return (
    segment.lane !== 'sh' ||
    segment.steps.every(({ command }) => command.tool === 'sysctl' || command.tool === 'iptables')
  );
}

/** Order among operations becomes order among their segments; an operation without a command hands its order on. */
function linkOperations(
  operations: readonly Operation[],
  segments: ReadonlyMap<Operation, Segment[]>,
  edges: readonly (readonly [Operation, Operation])[],
): void {
  const after = new Map<Operation, Operation[]>();
  for (const [a, b] of edges) {
    const list = after.get(a);
    if (list) list.push(b);
    else after.set(a, [b]);
  }
  const firsts = new Map<Operation, Segment[]>();
  const firstsOf = (operation: Operation): Segment[] => {
    const known = firsts.get(operation);
    if (known) return known;
    const own = segments.get(operation)?.[0];
    firsts.set(operation, own ? [own] : []);
    const found = own ? [own] : (after.get(operation) ?? []).flatMap(firstsOf);
    firsts.set(operation, found);
    return found;
  };
  for (const operation of operations) {
    const own = segments.get(operation) ?? [];
    const last = own.at(-1);
    if (!last) continue;
    for (const next of after.get(operation) ?? []) {
      for (const segment of firstsOf(next)) link(next.role === 'perform' ? last : partFor(own, segment), segment);
    }
  }
}

/**
 * A way into a namespace from outside (a link's other end plugged in, a port given its VLAN) is opened when what filters the namespace stands. Into
 * another one than the node's own it is what is done outside after something inside.
 */
function linkFilters(
  operations: readonly Operation[],
  segments: ReadonlyMap<Operation, Segment[]>,
  isFilter: (operation: Operation) => boolean,
): void {
  const filters = new Map<string, Segment[]>();
  for (const operation of operations.filter(isFilter)) {
    for (const segment of segments.get(operation)?.slice(-1) ?? []) {
      const place = `${segment.node}/${segment.netns ?? '-'}`;
      const there = filters.get(place);
      if (there) there.push(segment);
      else filters.set(place, [segment]);
    }
  }
  for (const operation of operations) {
    const own = segments.get(operation) ?? [];
    if (operation.role !== 'create') continue;
    const inside = own.find(({ netns }) => netns !== null);
    const entrance = inside
      ? own.slice(own.indexOf(inside)).find((segment) => segment.netns === null)
      : own.find((segment) => segment.opens);
    if (!entrance) continue;
    for (const filter of filters.get(`${entrance.node}/${inside?.netns ?? '-'}`) ?? []) link(filter, entrance);
  }
}

/**
 * What another operation waits for: the part of this one in the same namespace, if there is one. An address needs its link, not
 * that the link's other end is plugged in. (What announces it does need that, and waits for all.)
 */
function partFor(own: readonly Segment[], waiting: Segment): Segment {
  const there = own.filter((segment) => segment.netns === waiting.netns && !segment.opens).at(-1) ?? own.at(-1);
  if (!there) throw new Error('an operation without a command has no part');
  return there;
}

function toBatches(found: readonly { segments: Segment[]; first: Segment }[]): Batch[] {
  const after = found.map(() => new Set<number>());
  for (const [id, { segments }] of found.entries()) {
    for (const segment of segments) {
      for (const next of segment.next) if (next.batch !== id) after[next.batch]?.add(id);
    }
  }
  return found.map(({ segments, first }, id) => ({
    id,
    node: first.node,
    netns: first.netns,
    lane: first.lane,
    steps: segments.flatMap((segment) => segment.steps),
    after: [...(after[id] ?? [])].sort((a, b) => a - b),
  }));
}
