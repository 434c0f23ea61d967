import type { Action } from './changes.ts';
import type { Problem } from './sight.ts';

/** A run of the archive. */
export interface RunRow {
  readonly number: number;
  readonly command: string;
  readonly outcome: string;
  readonly started: number;
  readonly ended: number | null;
  readonly client: string;
  readonly nodes: readonly string[];
  readonly changed: Readonly<Record<Action, number>>;
  readonly impact: string;
  readonly undoes: number | null;
  readonly revertedBy: number | null;
}

/** The apply that runs, or ran last while the page was served: what the page asked for, or what a watch did. */
export interface Work {
  /** `stale`: the plan was another one by then, and nothing was changed. */
  readonly state: 'idle' | 'running' | 'settled' | 'failed' | 'stale';
  readonly at: number | null;
  readonly done: number;
  readonly total: number;
  readonly words: string;
  readonly diagnostics: readonly Problem[];
}
