import type { Reverted } from '../../hosts/window/window.ts';

/** What became of the window of a node; with a report it has reverted. */
export interface NodeEnd {
  readonly node: string;
  readonly report: Reverted | undefined;
  /** Another client, or the timer, has decided before. */
  readonly late: boolean;
}
