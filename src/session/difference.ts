import { withFormer } from '../compile/former.ts';
import { recordedGraph } from '../diff/recorded.ts';
import { adaptedToNodes } from '../diff/adapt.ts';
import { conformingObjects } from '../diff/conforming.ts';
import { changesBetween } from '../diff/diff.ts';
import type { Sides } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Observed } from '../model/resource.ts';
import type { FactsByKind, State } from '../model/state.ts';
import { groupsOf } from '../plan/groups/groups.ts';
import { compileAfter, type CompiledHeld, type Fresh } from './compile-held.ts';

/** One side of a comparison: what a file asks for, or what nodes had. */
export type Compared = { readonly file: Fresh } | { readonly state: State };

/** What leads from one side of a comparison to the other. */
export interface SidesDifference {
  /** It has no batches: the commands depend on what else a node has. */
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** If the second side is a file: how it is compiled with the derived values that the first side holds. */
  readonly compiled?: CompiledHeld;
}

/** Compares two sides: a file as if every node conformed to it, a state as it was recorded. */
export function differenceOf(from: Compared, to: Compared, sides: Sides): SidesDifference {
  const facts = new Map([...factsIn(to), ...factsIn(from)]);
  const objects = 'file' in from ? conformingObjects(adaptedToNodes(from.file.graph, facts)) : objectsOf(from.state);
  const compiled = 'file' in to ? compileAfter(to.file, objects) : undefined;
  const asked = 'file' in to ? (compiled?.compiled?.graph ?? to.file.graph) : recordedGraph(to.state);
  const desired = adaptedToNodes(asked, facts);
  const graph =
    'file' in from
      ? withFormer(desired, from.file.graph)
      : { ...desired, subjects: [...desired.subjects, ...(compiled?.removed ?? [])] };
  const { changes, diagnostics, foreign } = changesBetween(objects, graph, sides);
  return {
    ...(compiled && { compiled: { ...compiled, removed: [] } }),
    diagnostics,
    plan: {
      topology: graph.topology,
      sides,
      changes,
      groups: groupsOf(changes, graph),
      batches: [],
      owned: objects.filter(({ owner }) => owner === 'ours').length,
      leftOut: [],
      foreign,
    },
  };
}

/** Returns what the kinds knew of the nodes of a state; nothing is known of those of a file. */
function factsIn(side: Compared): readonly (readonly [string, FactsByKind])[] {
  return 'file' in side ? [] : [...side.state.nodes].map(([name, { facts }]) => [name, facts] as const);
}

function objectsOf({ nodes }: State): readonly Observed[] {
  return [...nodes.values()].flatMap(({ objects }) => objects);
}
