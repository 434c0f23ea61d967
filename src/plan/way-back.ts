import { conformingObjects } from '../diff/conforming.ts';
import { changesBetween } from '../diff/diff.ts';
import { deletedWithContainer } from '../diff/containment.ts';
import { desiredLinks } from '../diff/links.ts';
import { ObjectIndex } from '../diff/objects.ts';
import { recordedGraph } from '../diff/recorded.ts';
import { birthGroup } from '../kernel/links/alias.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { Command } from '../model/command.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import { formatMark } from '../model/mark.ts';
import type { Plan } from '../model/plan.ts';
import type { NodeView } from '../model/probe.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import type { NodeState } from '../model/state.ts';
import { planOf } from './plan.ts';

/** What was read before an apply, and the plans that it carries out. */
export interface Forward {
  /** What it asks for. */
  readonly desired: DesiredGraph;
  readonly observed: readonly Observed[];
  readonly views: ReadonlyMap<string, NodeView>;
  /** The plan, and those of further rounds. */
  readonly plans: readonly Plan[];
}

/** The plan back to the state before an apply, from the state that it is to reach. */
export interface WayBack {
  readonly plan: Plan;
  /** Changes that cannot be reverted: deleted objects of others. */
  readonly lost: readonly Change[];
  /** Returns whether the object at this address existed before the apply. */
  existed(address: Address): boolean;
  /** The objects that are deleted with their container without a change of their own, each with that container's. */
  readonly inside: ReadonlyMap<Address, Address>;
  /** The alias of the topology's objects, and the group in which its veth pairs are created. */
  readonly mark: string;
  readonly group: string;
}

const SIDES = { from: 'after the apply', to: 'before it' };

/** Returns the plan back from what an apply reaches. The kinds' commands accept every state in between (`Reverts`). */
export function wayBack({ desired, observed, views, plans }: Forward): WayBack {
  const { topology } = desired;
  const mark = formatMark({ topology, tokens: [] });
  const changes = plans.flatMap((plan) => plan.changes);
  const before = new Map(observed.map((object) => [addressOf(object), object]));
  const isLost = ({ address, desired: asked }: Change): boolean => !asked && before.get(address)?.owner === 'foreign';
  // What did not work before is not asked for: a repair stays.
  const isKept = ({ address }: Change): boolean => before.get(address)?.incomplete !== undefined;
  const reverted = changes.filter((change) => !isLost(change) && !isKept(change));
  const inside = contained(observed, before, reverted);
  const after = new Map([...before].filter(([address]) => !inside.has(address)));
  for (const change of reverted) predict(after, change);
  const nodes = [...views.keys()].map((node): [string, NodeState] => {
    return [node, { objects: observed.filter((object) => object.node === node), facts: new Map() }];
  });
  const altered = new Set([...reverted.map(({ address }) => address), ...inside.keys()]);
  const graph = recordedGraph({ topology, nodes: new Map(nodes) }, { altered, created: new Set(), graph: desired });
  const objects = [...after.values()];
  const all = changesBetween(objects, graph, SIDES).changes.filter(({ address }) => altered.has(address));
  const context: KindContext = {
    topology,
    mark,
    desired: graph,
    desiredLink: desiredLinks(graph),
    view: (node) => views.get(node),
    reverts: {
      done: commandsOf(plans),
      after: new Map([...altered].flatMap((address) => entry(after, address))),
      taps: tapsOf(objects),
    },
  };
  const difference = {
    changes: all,
    diagnostics: [],
    owned: 0,
    foreign: [],
    observedIndex: new ObjectIndex(objects),
  };
  return {
    plan: planOf(graph, objects, difference, context),
    lost: changes.filter(isLost),
    existed: (address) => before.has(address),
    inside,
    mark,
    group: birthGroup(topology),
  };
}

/** Changes what exists as a change does. */
function predict(after: Map<Address, Observed>, { address, action, desired, observed: seen }: Change): void {
  after.delete(address);
  const [object] = desired ? conformingObjects({ resources: new Map([[address, desired]]) }) : [];
  if (!object) return;
  const kept = action === 'update' && seen ? seen : undefined;
  // What a file does not state of a borrowed object stays as it is.
  const spec = { ...(kept?.spec as object | undefined), ...(object.spec as object) };
  after.set(address, { ...object, spec, ...(kept && { facts: kept.facts }) });
}

function entry<K, V>(map: ReadonlyMap<K, V>, key: K): readonly (readonly [K, V])[] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

/** Returns the objects that the apply deletes with their container, and has no change of. */
function contained(
  observed: readonly Observed[],
  before: ReadonlyMap<Address, Observed>,
  changes: readonly Change[],
): ReadonlyMap<Address, Address> {
  const deleted = new Map<Observed, Address>();
  for (const { address, action, impliedBy } of changes) {
    const object = before.get(address);
    if (object && (action === 'delete' || action === 'replace') && impliedBy === undefined)
      deleted.set(object, address);
  }
  const changed = new Set(changes.map(({ address }) => address));
  const all = [...deletedWithContainer(observed, new ObjectIndex(observed), deleted)];
  return new Map(
    all.map(([object, root]) => [addressOf(object), root] as const).filter(([address]) => !changed.has(address)),
  );
}

function commandsOf(plans: readonly Plan[]): (address: Address) => readonly Command[] {
  const commands = new Map<Address, Command[]>();
  for (const { address, command } of plans.flatMap((plan) => plan.batches.flatMap(({ steps }) => steps))) {
    const known = commands.get(address);
    if (known) known.push(command);
    else commands.set(address, [command]);
  }
  return (address) => commands.get(address) ?? [];
}

function tapsOf(objects: readonly Observed[]): (node: string, netns: string) => readonly string[] {
  return (node, netns) =>
    objects
      .filter((object) => object.node === node && object.netns === netns)
      .flatMap((object) => kindOf(object.kind).providedLinks?.(object) ?? [])
      .flatMap((link) => (link.netns === null ? [link.name] : []));
}
