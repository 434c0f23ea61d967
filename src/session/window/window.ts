import { decide, takeReverted, windowOf } from '../../hosts/window/window.ts';
import { recordedGraph } from '../../diff/recorded.ts';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Shell } from '../../model/host.ts';
import type { Shells } from '../nodes.ts';
import { planNetwork, type PlanResult } from '../plan.ts';
import { stateOf } from '../state.ts';
import type { NodeEnd } from './node-end.ts';
import { partlyKept, revertedNow, stillDiffers, undecided } from './words.ts';

/** What becomes of an apply that waits to be confirmed. */
export type Decision = 'keep' | 'revert';

/** How a window ended. */
export interface WindowEnd {
  readonly kept: readonly string[];
  readonly reverted: readonly string[];
  /** The nodes that could not be told. */
  readonly unknown: readonly string[];
  /** Empty if the apply was kept on all nodes. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The time in which an apply can be kept. */
export interface OpenWindow {
  readonly nodes: readonly string[];
  /** Ends when no node waits any more: another client has decided, or the time is over. */
  readonly ended: () => Promise<void>;
  /** Decides for all nodes, and returns what became of them: some may have reverted before. */
  readonly decide: (decision: Decision) => Promise<WindowEnd>;
}

/** How often it is asked whether another client has decided. */
const POLL_MS = 500;

/** Returns the window of the nodes that an apply has changed, with `first` as the state before. */
export function windowOn(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  { nodes, id }: { readonly nodes: ReadonlySet<string>; readonly id: string },
): OpenWindow {
  const own = [...nodes].sort().flatMap((node) => shells.get(node) ?? []);
  return {
    nodes: own.map(({ node }) => node),
    async ended() {
      while (
        (await Promise.all(own.map((shell) => windowOf(shell).catch(ignoreLost)))).some(
          (window) => window !== undefined,
        )
      ) {
        await new Promise((settle) => setTimeout(settle, POLL_MS));
      }
    },
    async decide(decision) {
      const { told, lost } = await decideOnAll(
        own.map((shell) => ({ shell, id })),
        decision,
      );
      const there = new Map([...shells].filter(([node]) => !lost.some((end) => end.node === node)));
      const end = endOf({ told: await withUnclear(graph, there, told), lost }, true);
      const wrong = await notAsBefore(graph, there, first, end.reverted);
      return { ...end, diagnostics: [...end.diagnostics, ...wrong] };
    },
  };
}

/** Lets a node that does not answer count as nothing: it is told when it is decided. */
export function ignoreLost(error: unknown): undefined {
  if (!(error instanceof DiagnosticError)) throw error;
}

/**
 * Asks the nodes themselves where another client has decided and no report tells what: one that differs has reverted.
 */
async function withUnclear(graph: DesiredGraph, shells: Shells, ends: readonly NodeEnd[]): Promise<readonly NodeEnd[]> {
  if (!ends.some(({ late, report }) => late && report === undefined)) return ends;
  const { plan } = await planNetwork(graph, shells);
  const differing = new Set(plan.changes.map(({ node }) => node));
  return ends.map((end) => {
    if (!end.late || end.report !== undefined || !differing.has(end.node)) return end;
    return {
      ...end,
      report: { topology: graph.topology, id: '', why: 'revert', equal: true, differences: [], log: [] },
    };
  });
}

/** The windows about which it was decided, and those of nodes whose connection ended meanwhile. */
export interface Decided {
  readonly told: readonly NodeEnd[];
  readonly lost: readonly { readonly node: string; readonly error: Diagnostic }[];
}

/** Decides about the windows of several nodes. One that does not answer keeps no other from its decision. */
export async function decideOnAll(
  windows: readonly { readonly shell: Shell; readonly id: string }[],
  decision: Decision,
): Promise<Decided> {
  const decided = await Promise.all(
    windows.map(({ shell, id }) =>
      decideOn(shell, decision, id).catch((error: unknown) => lostNode(shell.node, error)),
    ),
  );
  return {
    told: decided.flatMap((end) => ('error' in end ? [] : [end])),
    lost: decided.flatMap((end) => ('error' in end ? [end] : [])),
  };
}

/**
 * Returns how a window ended on all nodes.
 * @param tells whether a revert is an error: it was not asked for, or ends an apply
 */
export function endOf({ told, lost }: Decided, tells: boolean): WindowEnd {
  const reverted = told.filter(({ report }) => report !== undefined);
  const kept = told.filter(({ report }) => report === undefined).map(({ node }) => node);
  const names = reverted.map(({ node }) => node);
  const unknown = lost.map(({ node }) => node);
  return {
    kept,
    reverted: names,
    unknown,
    diagnostics: [
      ...lost.map(({ error }) => error),
      ...(tells ? reverted.map(revertedNow) : []),
      ...partlyKept(kept, names, unknown),
      ...reverted.flatMap(stillDiffers),
    ],
  };
}

/** Decides about the window of a node, and waits until it has ended. */
export async function decideOn(shell: Shell, decision: Decision, id: string): Promise<NodeEnd> {
  const late = !(await decide(shell, decision));
  return { node: shell.node, report: await takeReverted(shell, id), late };
}

/** Returns the error for a node whose connection ended while it waited: its timer decides. */
function lostNode(node: string, error: unknown): { readonly node: string; readonly error: Diagnostic } {
  if (!(error instanceof DiagnosticError)) throw error;
  return { node, error: undecided(node, error.diagnostics) };
}

/** Reads the reverted nodes, and returns what still leads to the state before. */
async function notAsBefore(
  graph: DesiredGraph,
  shells: Shells,
  first: PlanResult,
  nodes: readonly string[],
): Promise<readonly Diagnostic[]> {
  if (nodes.length === 0) return [];
  const altered = new Set(first.plan.changes.map(({ address }) => address));
  const back = recordedGraph(stateOf(first), { altered, created: new Set(), graph });
  const { plan } = await planNetwork(back, shells);
  const left = plan.changes.filter(({ node }) => nodes.includes(node));
  if (left.length === 0) return [];
  const differences = left.slice(0, 20).map(({ action, address }) => `${action} ${address}`);
  return [...new Set(left.map(({ node }) => node))].flatMap((node) =>
    stillDiffers({ node, report: { topology: '', id: '', why: '', equal: false, differences, log: [] } }),
  );
}
