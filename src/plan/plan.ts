import type { Difference } from '../diff/diff.ts';
import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import type { Batch, Plan } from '../model/plan.ts';
import type { Observed } from '../model/resource.ts';
import { batchesOf, type Entrances } from './batches.ts';
import { edgesOf, type Edge } from './edges.ts';
import { filtersFirst } from './filters-first.ts';
import { groupsOf } from './groups/groups.ts';
import { withEffects, type WithEffects } from './effects.ts';
import { operationsOf, type Operation } from './operations.ts';
import { withoutCycles } from './order.ts';

/**
 * Puts the changes in order and joins their commands to batches. Pure: the same changes give the same plan.
 * @param compared the desired objects that were compared with `observed`: all that change are among them
 */
export function planOf(
  graph: DesiredGraph,
  observed: readonly Observed[],
  difference: Difference,
  context: KindContext,
  compared = graph,
): Plan {
  const operations = operationsOf(difference.changes, context);
  const { operations: all, edges: owed, softEdges } = withEffects(operations, context);
  const edges = edgesOf(compared, observed, difference, operations);
  const byId = new Map(all.map((operation) => [operation.id, operation]));
  const ordered = (some: readonly Edge[], effects: WithEffects['edges']): (readonly [Operation, Operation])[] => [
    ...some.map(({ before, after }) => [byId.get(before.id) ?? before, byId.get(after.id) ?? after] as const),
    ...effects,
  ];
  const entrances: Entrances = {
    filters: ({ change, role }) =>
      change !== undefined && role !== 'delete' && kindOf(change.kind).filtersTraffic === true,
    admits: ({ change, role }) =>
      change !== undefined && role === 'create' && kindOf(change.kind).admitsTraffic === true,
  };
  const effectEdges = [...owed, ...softEdges];
  const inOrder = (some: readonly Edge[], effects: WithEffects['edges']): readonly Batch[] | undefined => {
    const pairs = ordered(some, effects);
    const urgent = filtersFirst(all, pairs, difference.observedIndex, operations.deletes);
    const batches = urgent.length === 0 ? undefined : batchesOf(all, [...pairs, ...urgent], entrances);
    return batches ?? batchesOf(all, pairs, entrances);
  };
  // Most plans have no cycle, and looking for one takes time.
  let batches = inOrder(edges, effectEdges);
  if (!batches) {
    const acyclic = withoutCycles(edges);
    batches = inOrder(acyclic, effectEdges) ?? inOrder(acyclic, owed);
  }
  if (!batches) throw new Error('the owed effects and the order of the changes contain a cycle');
  const { changes, owned: owns, foreign } = difference;
  const leftOut = graph.nodes.filter((node) => context.view(node) === undefined);
  const groups = groupsOf(changes, graph);
  const aim = graph.aim === undefined ? {} : { aim: graph.aim };
  return { topology: graph.topology, changes, groups, batches, owned: owns, foreign, leftOut, ...aim };
}
