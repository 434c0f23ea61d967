/**
 * The result of a job: the exit code of its script, and the end of its output (stdout and stderr together, at most 3
 * kB).
 */
export interface JobResult {
  readonly code: number;
  readonly output: string;
}

/**
 * One persistent POSIX `sh` on a node, with the node's privileges. All work of netloom on a node goes through it;
 * local, SSH and lab nodes differ only in how it is started.
 */
export interface Shell {
  /** Name of the node. */
  readonly node: string;
  /**
   * Process id of the shell as the node sees it: `ip link set X netns PID` moves a link back to the node's own
   * namespace.
   */
  readonly pid: number;
  /** The shell is an unprivileged user's: root only in a user namespace of its own. */
  readonly rootless: boolean;
  /** Runs a script to its end, alone, and returns its stdout. Rejects with a DiagnosticError if it fails. */
  read(script: string): Promise<string>;
  /** Runs a script in the background of the shell; any number may be in flight. Does not reject if the script fails. */
  job(script: string): Promise<JobResult>;
  /**
   * Takes the node's lock, so that one netloom at a time changes the node. Returns `false` if another one holds it. The
   * lock is released when the shell ends.
   */
  lock(): Promise<boolean>;
  /** Releases the lock. */
  unlock(): Promise<void>;
  /** Ends the shell after the jobs in flight have finished. */
  close(): Promise<void>;
}

/** A node and the method of reaching it. */
export interface Host {
  readonly node: string;
  /** The method as errors print it: `local`, `ssh root@10.0.0.1`, `lab demo`. */
  readonly description: string;
  open(): Promise<Shell>;
}
