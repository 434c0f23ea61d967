/** What a session has done on its nodes so far. Its shells add to it. */
export interface Tally {
  /** Shells that were started, each with its supervisor. */
  shells: number;
  /** Scripts that the supervisors ran: reads, and batches of a plan. */
  scripts: number;
  /** Bytes sent to the shells, and received from them. */
  written: number;
  read: number;
  /** Processes that the readers of nodes started: workers, shells of the node's probes, and programs in namespaces. */
  processes: number;
  /** Outputs of programs in namespaces that the cache had, and lacked. */
  hits: number;
  misses: number;
}

/** Returns a tally of nothing. */
export function emptyTally(): Tally {
  return { shells: 0, scripts: 0, written: 0, read: 0, processes: 0, hits: 0, misses: 0 };
}

/** The stages of a plan and an apply, in their order. Some run at the same time: the nodes are read during `check`. */
export const STAGES = ['check', 'compile', 'open', 'lock', 'read', 'plan', 'apply', 'close'] as const;

/** A stage of a plan or an apply. */
export type Stage = (typeof STAGES)[number];

/** Objects of the topology, and objects that were found on the nodes, of the last plan. */
export interface Sizes {
  readonly desired: number;
  readonly observed: number;
}

/** What a session took so far. */
export interface Stats extends Sizes {
  /** Milliseconds of each stage that began; those of a stage that is repeated are added up. */
  readonly stages: ReadonlyMap<Stage, number>;
  readonly tally: Readonly<Tally>;
  /** The last plan was remembered: its file and its nodes are as they were. */
  readonly remembered: boolean;
}
