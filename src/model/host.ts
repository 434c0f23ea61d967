/** What a job said: the exit code of its script, and the end of what it wrote (stdout and stderr together, 3 kB at most). */
export interface JobResult {
  readonly code: number;
  readonly output: string;
}

/**
 * One persistent POSIX `sh` on a node, with the node's privileges. All of netloom's work on a node goes through it;
 * local, SSH and lab nodes differ only in how it is started.
 */
export interface Shell {
  /** Name of the node. */
  readonly node: string;
  /** Process id of the shell as the node sees it: what `ip link set X netns PID` needs to come back. */
  readonly pid: number;
  /** It is an unprivileged user's, root only in a namespace of its own. */
  readonly rootless: boolean;
  /** Runs a script to its end, alone, and returns all it wrote to stdout. Rejects with a DiagnosticError when it fails. */
  read(script: string): Promise<string>;
  /** Runs a script in the background of the shell; any number may be in flight. Never rejects for a script that fails. */
  job(script: string): Promise<JobResult>;
  /** Takes the node's lock, so that one netloom at a time changes it; `false` when another holds it. It goes with the shell. */
  lock(): Promise<boolean>;
  /** Gives the lock back. */
  unlock(): Promise<void>;
  /** Ends the shell; jobs in flight are let finish. */
  close(): Promise<void>;
}

/** How a node is reached: a way to open its shell. */
export interface Host {
  readonly node: string;
  /** Said in errors: `local`, `ssh root@10.0.0.1`, `lab demo`. */
  readonly description: string;
  open(): Promise<Shell>;
}
