import { execute } from '../apply/execute.ts';
import { diff } from '../diff/diff.ts';
import { netnsRef } from '../kinds/netns/spec.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Host, Shell } from '../model/host.ts';
import type { KindContext } from '../model/kind.ts';
import { formatMark } from '../model/mark.ts';
import type { Plan } from '../model/plan.ts';
import type { NodeView } from '../model/probe.ts';
import { addressOf, type Observed } from '../model/resource.ts';
import { inNodesWords } from '../observe/canonical.ts';
import { fitted } from '../observe/fitting.ts';
import { observedObjects, observeNode } from '../observe/observe.ts';
import { withLostMarks } from '../observe/view.ts';
import { guard } from '../plan/guard.ts';
import { planOf } from '../plan/plan.ts';

/** The shells of all nodes, by name. */
export type Shells = ReadonlyMap<string, Shell>;

/** A plan with what it was made from. An error among the diagnostics means that it may not be carried out. */
export interface PlanResult {
  readonly plan: Plan;
  readonly views: ReadonlyMap<string, NodeView>;
  readonly observed: readonly Observed[];
  readonly diagnostics: readonly Diagnostic[];
  /** When the nodes were read, in milliseconds of this process. */
  readonly readAt: number;
}

/** What came of an apply. `final` is what was read after the last round: its plan is empty when all went well. */
export interface ApplyResult {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly final: PlanResult;
}

/** What one change breaks, the next round mends (the kernel drops a device's routes with its last address); more rounds than this mean a fight. */
const ROUNDS = 4;

/** Opens a shell on every node, all at once. Rejects with a DiagnosticError when one can't be reached; the others are closed again. */
export async function openNodes(hosts: ReadonlyMap<string, Host>): Promise<Shells> {
  const opened = await Promise.allSettled([...hosts].map(async ([name, host]) => [name, await host.open()] as const));
  const shells = new Map(opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  const failed = opened.find((result) => result.status === 'rejected');
  if (!failed) return shells;
  await closeNodes(shells);
  throw failed.reason;
}

/** Closes the shells of all nodes. */
export async function closeNodes(shells: Shells): Promise<void> {
  await Promise.all([...shells.values()].map((shell) => shell.close()));
}

/** What was read of every node, by name. */
export type Views = ReadonlyMap<string, NodeView>;

/** Reads every node, or one of them, in one round trip each. Nothing has to be known of what is wanted. */
export async function readNetwork(topology: string, shells: Shells, node?: string): Promise<Views> {
  const chosen = [...shells.values()].filter((shell) => node === undefined || shell.node === node);
  const views = await Promise.all(chosen.map((shell) => observeNode(shell, topology)));
  return new Map(views.map((view) => [view.node, view]));
}

/**
 * Says what would have to be done on the nodes that were read: by `reading`, where that was begun before, or now. With a part of the
 * nodes, that part of the plan is made.
 */
export async function planNetwork(graph: DesiredGraph, shells: Shells, reading?: Promise<Views>): Promise<PlanResult> {
  const read = await (reading ?? readNetwork(graph.topology, shells));
  const readAt = performance.now();
  const views = new Map(
    [...read].map(([node, view]) => [node, withLostMarks(view, graph.topology, isKnownNetns(graph, node))]),
  );
  const part = fitted(partOf(graph, views), views);
  const observed = [...views.values()].flatMap((view) => observedObjects(view, graph.topology));
  const context: KindContext = {
    topology: graph.topology,
    mark: formatMark({ topology: graph.topology, pending: [] }),
    desired: part,
    view: (node) => views.get(node),
  };
  const first = diff(part, observed, context);
  let wanted: DesiredGraph = part;
  for (const node of views.keys()) {
    const shell = shells.get(node);
    if (shell) wanted = await inNodesWords(wanted, first.changes, shell);
  }
  const difference = wanted === part ? first : diff(wanted, observed, context);
  const plan = planOf(wanted, observed, difference, context);
  return { plan, views, observed, diagnostics: difference.diagnostics, readAt };
}

/** What is wanted on the nodes that were read. */
function partOf(graph: DesiredGraph, views: Views): DesiredGraph {
  if (graph.nodes.every((node) => views.has(node))) return graph;
  return {
    ...graph,
    resources: new Map([...graph.resources].filter(([, resource]) => views.has(resource.node))),
  };
}

function isKnownNetns(graph: DesiredGraph, node: string): (netns: string) => boolean {
  return (name) => graph.known.has(addressOf(netnsRef(node, name)));
}

/** Carries out a plan, reads everything again, and goes on until nothing differs. One netloom at a time changes a node. */
export async function applyNetwork(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  options: { readonly onEvent: (event: ApplyEvent) => void },
): Promise<ApplyResult> {
  try {
    const busy = await lockNodes(shells);
    if (busy.length > 0) return { ok: false, diagnostics: busy, final: first };
    const current = await stillTrue(graph, shells, first);
    if (!current) return { ok: false, diagnostics: [stale(graph.topology)], final: first };
    return await settle(graph, shells, current, options);
  } finally {
    await unlockNodes(shells);
  }
}

/** A plan that somebody thought about for a while is only carried out if it would be made the same way now. */
const FRESH_MS = 1000;

async function stillTrue(graph: DesiredGraph, shells: Shells, shown: PlanResult): Promise<PlanResult | undefined> {
  if (performance.now() - shown.readAt < FRESH_MS) return shown;
  const now = await planNetwork(graph, shells);
  return JSON.stringify(now.plan.batches) === JSON.stringify(shown.plan.batches) ? now : undefined;
}

function stale(topology: string): Diagnostic {
  return {
    code: 'NLA05',
    severity: 'error',
    summary: `the network has changed since the plan of ${topology} was shown`,
    detail: 'Nothing was done.',
    hint: 'apply again, and look at the new plan',
  };
}

/** Takes the lock of every node; says which another netloom holds. A node that is locked already stays so. */
export async function lockNodes(shells: Shells): Promise<readonly Diagnostic[]> {
  const locked = await Promise.all(
    [...shells.values()].map(async (shell) => ({ node: shell.node, got: await shell.lock() })),
  );
  return locked
    .filter(({ got }) => !got)
    .map(({ node }) => ({
      code: 'NLA04',
      severity: 'error',
      summary: `another netloom is changing ${node}`,
      place: { node },
      hint: 'wait until it has ended, and apply again',
    }));
}

/** Gives the locks back that were taken. */
export async function unlockNodes(shells: Shells): Promise<void> {
  await Promise.allSettled([...shells.values()].map((shell) => shell.unlock()));
}

async function settle(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  options: { readonly onEvent: (event: ApplyEvent) => void },
): Promise<ApplyResult> {
  const started = performance.now();
  let current = first;
  for (let round = 1; ; round += 1) {
    if (hasErrors(current.diagnostics)) return { ok: false, diagnostics: current.diagnostics, final: current };
    if (current.plan.changes.length === 0) {
      options.onEvent({ type: 'settled', rounds: round - 1, milliseconds: performance.now() - started });
      return { ok: true, diagnostics: current.diagnostics, final: current };
    }
    if (round > ROUNDS) {
      options.onEvent({ type: 'unsettled', rounds: ROUNDS, plan: current.plan });
      return { ok: false, diagnostics: [unsettled(current.plan)], final: current };
    }
    options.onEvent({ type: 'round-start', round, plan: current.plan });
    const failures = await execute(current.plan, graph, shells, options.onEvent);
    try {
      current = await planNetwork(graph, shells);
    } catch (error) {
      // A node that went away must not hide what failed before.
      if (failures.length === 0 || !(error instanceof DiagnosticError)) throw error;
      return { ok: false, diagnostics: [...failures, ...error.diagnostics], final: current };
    }
    if (failures.length > 0) return { ok: false, diagnostics: failures, final: current };
    const more = furtherDeletions(first, current);
    if (more) return { ok: false, diagnostics: [more], final: current };
  }
}

/** Later rounds only mend: one that would take away much that the first plan did not speak of has misread something. */
function furtherDeletions(first: PlanResult, { plan }: PlanResult): Diagnostic | undefined {
  const announced = new Set(first.plan.changes.map(({ address }) => address));
  const changes = plan.changes.filter(({ address }) => !announced.has(address));
  return guard({ ...plan, changes }, 1, { force: false, allowEmpty: true });
}

function unsettled({ changes }: Plan): Diagnostic {
  const some = changes.slice(0, 5).map((change) => `${change.address} (${change.reason})`);
  return {
    code: 'NLA02',
    severity: 'error',
    summary: `${changes.length} objects still differ after ${ROUNDS} rounds`,
    detail: some.join('\n'),
    hint: 'somebody else may be changing the same objects: look with `netloom plan`, and for other network managers with `netloom doctor`',
  };
}
