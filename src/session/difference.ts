import { withFormer } from '../compile/former.ts';
import { conformingObjects } from '../diff/conforming.ts';
import { changesBetween } from '../diff/diff.ts';
import type { Sides } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Plan } from '../model/plan.ts';
import { groupsOf } from '../plan/groups/groups.ts';
import { compileAfter, type CompiledHeld, type Fresh } from './compile-held.ts';

/** What an apply of one file changes where another one was applied. */
export interface FileDifference {
  /** It has no batches: the commands depend on what else a node has. */
  readonly plan: Plan;
  /** The second file, with the derived values that nodes hold which conform to the first. */
  readonly compiled: CompiledHeld;
}

/** Compares two desired states as if every node had the first. */
export function differenceOf(former: DesiredGraph, fresh: Fresh, sides: Sides): FileDifference {
  const objects = conformingObjects(former);
  const compiled = { ...compileAfter(fresh, objects), removed: [] };
  const graph = withFormer(compiled.compiled?.graph ?? fresh.graph, former);
  const changes = changesBetween(objects, graph, sides);
  return {
    compiled,
    plan: {
      topology: graph.topology,
      sides,
      changes,
      groups: groupsOf(changes, graph),
      batches: [],
      owned: objects.filter(({ owner }) => owner === 'ours').length,
      leftOut: [],
      foreign: [],
    },
  };
}
