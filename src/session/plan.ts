import { adaptedToNodes, factsOf } from '../diff/adapt.ts';
import { diff, ownedOf, type Difference } from '../diff/diff.ts';
import { desiredLinks } from '../diff/links.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { KindContext } from '../model/kind.ts';
import { formatMark } from '../model/mark.ts';
import type { Plan } from '../model/plan.ts';
import type { NodeView } from '../model/probe.ts';
import type { Observed } from '../model/resource.ts';
import { canonicaliseRules } from '../observe/canonical.ts';
import { lockOuts } from '../plan/lock-out.ts';
import { movesAcross } from '../plan/moves.ts';
import { planOf } from '../plan/plan.ts';
import { observedOn } from './observed.ts';
import type { Shells } from './nodes.ts';
import { extentSince, type Basis, type Extent } from '../diff/part.ts';
import { readNetwork, type Views } from './read.ts';

/** A plan with the data it was made from. A plan with an error among its diagnostics must not be applied. */
export interface PlanResult {
  readonly plan: Plan;
  readonly views: ReadonlyMap<string, NodeView>;
  readonly observed: readonly Observed[];
  readonly diagnostics: readonly Diagnostic[];
  /** An error for each part of the file that would move from or to a node that is left out. */
  readonly moves: readonly Diagnostic[];
  /** An error for each node whose SSH connection the plan would cut. Absent: none. */
  readonly lockOuts?: readonly Diagnostic[];
  /** When the nodes were read, in milliseconds of this process. */
  readonly readAt: number;
  /**
   * The digest of each node's answer, if the plan depends on nothing else of the nodes. Absent: it does, or a node did
   * not tell it.
   */
  readonly digests?: ReadonlyMap<string, string>;
  /** What the next plan for the same desired state need not compare again. Absent: not everything is as desired. */
  readonly basis?: Basis;
}

/**
 * Plans for the nodes that were read: by `reading` if it was started before, otherwise now. For a part of the nodes it
 * returns that part of the plan.
 * @param basis of an earlier plan: what has not changed since is not compared again
 */
export async function planNetwork(
  graph: DesiredGraph,
  shells: Shells,
  reading?: Promise<Views>,
  basis?: Basis,
): Promise<PlanResult> {
  const read = await (reading ?? readNetwork(graph.topology, shells));
  const readAt = performance.now();
  const nodes = [...read].map(([node, view]) => [node, observedOn(view, graph)] as const);
  const views = new Map(nodes.map(([node, { view }]) => [node, view]));
  const facts = new Map(nodes.map(([node, { view }]) => [node, factsOf(view)]));
  const part = adaptedToNodes(partOf(graph, views), facts);
  const observed = nodes.flatMap(([, { objects }]) => objects);
  const context: KindContext = {
    topology: graph.topology,
    mark: formatMark({ topology: graph.topology, tokens: [] }),
    desired: part,
    desiredLink: desiredLinks(part),
    view: (node) => views.get(node),
  };
  const whole: Extent = { desired: part, observed, inspected: part };
  const extent = basis?.desired === part ? extentSince(basis, part, observed, views) : whole;
  const first = diff(extent.desired, extent.observed, context, extent.inspected);
  let desired = extent.desired;
  for (const node of views.keys()) {
    const shell = shells.get(node);
    if (shell) desired = await canonicaliseRules(desired, first.changes, shell);
  }
  const isAsAsked = desired === extent.desired;
  const again = (): Difference => diff(desired, extent.observed, context, written(extent.inspected, desired));
  const difference = { ...(isAsAsked ? first : again()), owned: ownedOf(observed) };
  const plan = planOf(written(part, desired), extent.observed, difference, context, desired);
  const moves = movesAcross({ changes: plan.changes, graph, observed, leftOut: plan.leftOut });
  const cut = lockOuts(plan.changes, context, (node) => shells.get(node)?.overSsh === true);
  // Programs of the node were asked for the writing of rules.
  const digests = isAsAsked ? digestsOf(read) : undefined;
  const { diagnostics } = difference;
  const isQuiet = [plan.changes, plan.foreign, plan.leftOut, diagnostics, moves].every(({ length }) => length === 0);
  return {
    plan,
    views,
    observed,
    diagnostics,
    moves,
    lockOuts: cut,
    readAt,
    ...(digests && { digests }),
    ...(isQuiet && isAsAsked && { basis: { desired: part, observed, views } }),
  };
}

/** Returns the desired state with some of its objects as a node's programs write them. */
function written(graph: DesiredGraph, { resources }: DesiredGraph): DesiredGraph {
  if (graph.resources === resources) return graph;
  const all = [...graph.resources].map(([address, resource]) => [address, resources.get(address) ?? resource] as const);
  return { ...graph, resources: new Map(all) };
}

function digestsOf(views: Views): ReadonlyMap<string, string> | undefined {
  const digests = new Map<string, string>();
  for (const [node, { digest }] of views) if (digest !== undefined) digests.set(node, digest);
  return digests.size === views.size ? digests : undefined;
}

/** Returns the desired state of the nodes that were read. */
function partOf(graph: DesiredGraph, views: Views): DesiredGraph {
  if (graph.nodes.every((node) => views.has(node))) return graph;
  return {
    ...graph,
    resources: new Map([...graph.resources].filter(([, resource]) => views.has(resource.node))),
  };
}
