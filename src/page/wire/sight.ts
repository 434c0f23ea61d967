/** The last look at the nodes. */
export interface Sight {
  /**
   * `first`: there was none yet. `failed`: the last one failed, and the rest of the state is older. `blocked`: the file
   * has errors, and the rest of the state compares the nodes with its last good version.
   */
  readonly state: 'first' | 'seen' | 'failed' | 'blocked';
  /** When the nodes were last read; `null`: never. */
  readonly at: number | null;
  /** The server's time, from which the browser's clock may differ. */
  readonly now: number;
  /** The summary of a plan: `No changes. The network matches the file.` */
  readonly words: string;
  readonly leftOut: readonly string[];
  readonly diagnostics: readonly Problem[];
}

/** An error or a warning of netloom. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly summary: string;
  readonly detail: readonly string[];
  readonly hint: string;
  /** `topology.yaml:12:3`, or the node; empty: neither is known. */
  readonly place: string;
}
