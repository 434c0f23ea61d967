import type { Action, Impact } from './change.ts';

/** The commands that change nodes. */
export type RunCommand = 'apply' | 'destroy' | 'watch' | 'undo';

/**
 * `unfinished`: netloom was killed, or still runs. `rolled-back`: it failed, and the nodes are as they were before.
 * `reverted`: it was not confirmed, and the nodes reverted. `partly-reverted`: some of them did.
 */
export type RunOutcome = 'unfinished' | 'settled' | 'failed' | 'rolled-back' | 'reverted' | 'partly-reverted';

/** Who started a run: user, host, pid and command line, as far as they are known. */
export type RunClient = Readonly<Record<string, string>>;

/** What another client decided about a run that was to be confirmed. */
export interface RunDecision {
  readonly decision: 'keep' | 'revert';
  readonly kept: readonly string[];
  readonly reverted: readonly string[];
  /** No node of the run waits any more. */
  readonly whole: boolean;
  /** Who decided. */
  readonly client: RunClient;
  readonly time: string;
}

/** A run that changed nodes. */
export interface Run {
  /** Counted up for each topology. */
  readonly number: number;
  readonly command: RunCommand;
  readonly topology: string;
  readonly lab: boolean;
  /** The version of netloom. */
  readonly netloom: string;
  readonly client: RunClient;
  /** ISO 8601. */
  readonly started: string;
  readonly ended?: string;
  readonly outcome: RunOutcome;
  readonly nodes: readonly string[];
  /** The number of changes of its plan. */
  readonly changed: Readonly<Record<Action, number>>;
  /** The worst impact of its plan. */
  readonly impact: Impact;
  /** Tells the windows of its nodes, if it was to be confirmed. */
  readonly window?: string;
  /** The nodes that kept it, of a run that others reverted. */
  readonly kept?: readonly string[];
  /** What other clients decided about it, the first one first. */
  readonly decisions?: readonly RunDecision[];
  /** The run that it led back to the state before. */
  readonly undoes?: number;
  /** The run that led back to the state before it. Without `by`: an undo found the nodes as they were before it. */
  readonly reverted?: { readonly by?: number; readonly client: RunClient; readonly time: string };
}

/** Where runs are archived, and by what. */
export interface ArchiveOptions {
  /** The folder of netloom's state on this machine. */
  readonly folder: string;
  /** Of netloom. */
  readonly version: string;
}
