import { FEATURES } from '../features/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { NOTHING_HELD } from '../model/held.ts';
import type { Held } from '../model/held.ts';
import type { Contribution } from '../model/feature.ts';
import { desiredGraph } from '../model/graph.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { resolveTopology } from '../resolve/resolve.ts';
import type { Moved } from '../resolve/moved.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import { segmentsOf } from './segments.ts';
import { fillSlots } from './slots.ts';
import { withMarkers } from './markers.ts';

/** The resolved topology and its desired graph. Both are `undefined` if a diagnostic is an error. */
export interface Compiled {
  readonly graph: DesiredGraph | undefined;
  readonly resolved: ResolvedTopology | undefined;
  /** Addresses that differ from held ones, although the file gives no other. */
  readonly moved: readonly Moved[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles a topology into the desired graph of all nodes. Pure and deterministic. */
export function compileTopology(topology: ValidTopology, held: Held = NOTHING_HELD): Compiled {
  const { resolved, moved, diagnostics } = resolveTopology(topology, held);
  if (resolved === undefined) return { graph: undefined, resolved, moved, diagnostics };
  const resources = withMarkers(resolved.name, fillSlots(contributionsOf(resolved)), resolved.nodes);
  const subjects = FEATURES.flatMap((feature) => [...(feature.subjects?.(resolved) ?? [])]);
  const graph: DesiredGraph = {
    ...desiredGraph(resolved.name, [...resolved.nodes.keys()], resources, { subjects }),
    segments: segmentsOf(resolved),
  };
  return { graph, resolved, moved, diagnostics };
}

function* contributionsOf(resolved: ResolvedTopology): Generator<Contribution> {
  for (const feature of FEATURES) yield* feature.contribute(resolved);
}
