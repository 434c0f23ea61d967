import type { Command } from '../model/command.ts';
import { netnsOf } from '../model/command.ts';
import type { Batch, Step } from '../model/plan.ts';
import type { Netns } from '../model/resource.ts';
import type { Operation } from './operations.ts';

/** Consecutive commands of one operation that one process can run together. */
interface Segment {
  readonly node: string;
  readonly netns: Netns;
  readonly lane: Batch['lane'];
  readonly key: string;
  readonly steps: Step[];
  readonly next: Set<Segment>;
  /** It opens the node's own namespace to traffic: operations that need this one's object do not wait for it. */
  opens: boolean;
  waitsFor: number;
  batch: number;
}

function laneOf(command: Command): { lane: Segment['lane']; netns: Netns } {
  if (command.tool === 'netns-add') return { lane: 'birth', netns: command.netns };
  if (command.tool === 'netns-del') return { lane: 'sh', netns: null };
  // Sets have a lane of their own: a restore of rules waits for the sets they match, and deleted sets wait for the
  // rules.
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

/**
 * Returns which of several ready lanes goes first: the node's own links and sets, then the creation of namespaces, then
 * work inside namespaces.
 */
function rank({ lane, netns }: Segment): number {
  if (lane === 'birth') return 1;
  if (netns === null) return lane === 'sh' ? 4 : 0;
  return lane === 'sh' ? 3 : 2;
}

/** Which operations filter traffic into a namespace, and which ones admit it. */
export interface Entrances {
  readonly filters: (operation: Operation) => boolean;
  readonly admits: (operation: Operation) => boolean;
}

/**
 * Joins the commands of all operations to as few batches as the order allows. A birth is the batch that creates a
 * namespace: it includes all commands inside the namespace and waits for nothing outside, so the namespace is complete
 * before it gets its name. Returns `undefined` if the order contains a cycle (`order.ts` breaks them).
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
  // Wave by wave: a segment that becomes ready in a lane of this wave waits for the next wave, in which it shares a
  // batch with more segments.
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

/** Inside a namespace without a name, only commands that need no name can run. */
function canJoinBirth(segment: Segment): boolean {
  return (
    segment.lane !== 'sh' ||
    segment.steps.every(({ command }) => ['sysctl', 'iptables', 'chain'].includes(command.tool))
  );
}

/** Turns the order of operations into an order of their segments; an operation without commands passes its order on. */
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
 * Makes an entrance into a namespace (a link's other end is plugged in, a port is given its VLAN) wait for all that
 * filters traffic there. For a named namespace the entrance is the first segment in the node's own namespace after one
 * inside; for the node's own it is marked `opens`.
 */
function linkFilters(
  operations: readonly Operation[],
  segments: ReadonlyMap<Operation, Segment[]>,
  isFilter: (operation: Operation) => boolean,
): void {
  const filters = new Map<string, Segment[]>();
  for (const operation of operations.filter(isFilter)) {
    for (const segment of segments.get(operation)?.slice(-1) ?? []) {
      const key = `${segment.node}/${segment.netns ?? '-'}`;
      const known = filters.get(key);
      if (known) known.push(segment);
      else filters.set(key, [segment]);
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
 * Returns the segment that another operation waits for: the one in the same namespace, if there is one. An address
 * needs its link, but not the link's other end in its bridge. (The announcement of the address does, and waits for all
 * segments.)
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
