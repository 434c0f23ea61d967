import { randomBytes } from 'node:crypto';
import { journalLine, wayBackFiles } from '../../apply/way-back/files.ts';
import { arm, openWindow } from '../../hosts/window/window.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Batch, Plan } from '../../model/plan.ts';
import { netnsPath } from '../../model/resource.ts';
import { wayBack } from '../../plan/way-back.ts';
import type { Shells } from '../nodes.ts';
import type { PlanResult } from '../plan.ts';
import { ignoreLost } from './window.ts';
import { irreversible, notArmed } from './words.ts';

/** How an apply is confirmed. */
export interface Confirmation {
  /** How long an apply that has ended can be kept. */
  readonly seconds: number;
  /** An apply that has not ended after so many seconds is reverted, when the window is over too; default: 600. */
  readonly limitSeconds?: number;
  /** Who applies, as lines `key=value`. */
  readonly client: string;
  /** Tells its windows from others; by default it is chosen here. */
  readonly id?: string | undefined;
}

const APPLY_LIMIT_SECONDS = 600;

/** The way back from an apply, which the nodes carry out by themselves unless the apply is kept. */
export interface WayBack {
  /** The nodes that have it. */
  readonly nodes: ReadonlySet<string>;
  /** Tells its windows from others. */
  readonly id: string;
  /** Gives the nodes of a plan their way back before it begins. Returns why a node has none. */
  before(plan: Plan): Promise<readonly Diagnostic[]>;
  /** Returns what the scripts of the last plan begin with. */
  preface(): (batch: Batch) => string;
  /** Begins the time in which the apply can be kept. Returns the nodes that have begun to revert. */
  open(): Promise<readonly string[]>;
}

/** Prepares the way back to what a first plan has read. */
export function prepareWayBack(
  graph: DesiredGraph,
  shells: Shells,
  { observed, views }: PlanResult,
  { seconds, limitSeconds = APPLY_LIMIT_SECONDS, client, id = randomBytes(8).toString('hex') }: Confirmation,
): WayBack {
  const plans: Plan[] = [];
  const nodes = new Set<string>();
  return {
    nodes,
    id,
    async before(plan) {
      plans.push(plan);
      const back = wayBack({ desired: graph, observed, views, plans });
      if (back.lost.length > 0) return back.lost.map(({ node, address }) => irreversible(node, address));
      for (const { node } of plan.batches) nodes.add(node);
      const armed = await Promise.all(
        [...nodes].map(async (node) => {
          const shell = shells.get(node);
          if (!shell) throw new Error(`no shell for node ${node}`);
          const files = wayBackFiles(node, back.plan, shell, { ...back, plans });
          const namespaces = namespacesOf(node, plans);
          const limit = limitSeconds + seconds;
          const why = await arm(shell, { topology: graph.topology, id, client, ...files, namespaces, seconds: limit });
          return why === undefined ? [] : [notArmed(node, why)];
        }),
      );
      return armed.flat();
    },
    preface() {
      const round = plans.length - 1;
      return (batch) => journalLine(round, batch);
    },
    async open() {
      const opened = await Promise.all(
        [...nodes].map(async (node) => {
          const shell = shells.get(node);
          // A node whose connection has ended does not wait, either.
          const waits = shell && (await openWindow(shell, seconds).catch(ignoreLost));
          return waits === true ? [] : [node];
        }),
      );
      return opened.flat();
    },
  };
}

function namespacesOf(node: string, plans: readonly Plan[]): readonly string[] {
  const names = plans
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.node === node && change.netns !== null ? [change.netns] : []));
  return ['-', ...[...new Set(names)].sort().map(netnsPath)];
}
