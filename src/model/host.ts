import type { Tally } from './stats.ts';

/** A process that hangs. */
export interface HungProcess {
  readonly pid: number;
  /** Its state as ps(1) shows it: `S`, `D`, `T`. */
  readonly state: string;
  /** Its command line, cut to 200 characters. */
  readonly command: string;
  /** The command and the namespace that the reader of the node waits for, if it is one of the reader's. */
  readonly task?: string;
}

/** How a script hung, and what is left of it. */
export interface Hung {
  /**
   * `idle`: for `seconds` it has neither written anything nor used the processor; `endless`: it took ten times as long;
   * `asked`: the client ended it.
   */
  readonly why: 'idle' | 'endless' | 'asked';
  readonly seconds: number;
  /** The processes that it waited for, which were killed. */
  readonly processes: readonly HungProcess[];
  /** Those that cannot be killed: they are in an uninterruptible sleep, and still hold the node's lock. */
  readonly stuck: readonly HungProcess[];
}

/**
 * The result of a job: the exit code of its script, and the end of its output (stdout and stderr together, at most 3
 * kB). `hung`: it had to be ended.
 */
export interface JobResult {
  readonly code: number;
  readonly output: string;
  readonly hung?: Hung;
  /** It was not to begin any more when its turn came. */
  readonly begun?: false;
}

/** Who holds the lock of a node, as far as the lock's file tells. */
export interface LockHolder {
  readonly host: string | undefined;
  readonly user: string | undefined;
  /** The pid of netloom on `host`. */
  readonly pid: number | undefined;
  readonly command: string | undefined;
  /** The pid on the node of the program that holds the lock. */
  readonly supervisor: number | undefined;
  readonly ageSeconds: number | undefined;
  /** Processes on the node that cannot be killed: `PID NAME`. */
  readonly stuck: readonly string[];
}

/** The lock of a node: what its file tells, and the processes that hold it. */
export interface HeldLock {
  readonly holder: LockHolder;
  /** Tells this holder from a later one. */
  readonly session: string;
  readonly processes: readonly HungProcess[];
}

/** The time in which an apply can be kept, on a node. */
export interface ConfirmWindow {
  readonly topology: string;
  /** Tells it from another one. */
  readonly id: string;
  /** Whether the apply still runs, or the decision is awaited. */
  readonly state: 'applying' | 'waiting';
  /** Seconds until the revert. */
  readonly left: number;
  /** It has been decided, and is about to end. */
  readonly decided: boolean;
  /** Its timer has ended: nothing reverts it by itself. */
  readonly dead: boolean;
}

/** The answer to a request for the lock. */
export type LockAnswer =
  | { readonly state: 'taken' }
  | { readonly state: 'busy'; readonly holder: LockHolder }
  /** An apply on the node waits to be confirmed. `undefined`: it has just ended. */
  | { readonly state: 'window'; readonly window: ConfirmWindow | undefined; readonly holder: LockHolder }
  /** It cannot be taken at all. */
  | { readonly state: 'failed'; readonly why: string; readonly hint: string };

/** How the lock is waited for. */
export interface LockWait {
  /** 0: not at all. */
  readonly waitMs: number;
  /** Called when the wait begins, and for each holder after that. */
  readonly onBusy?: (holder: LockHolder) => void;
}

/** A program on a node that reports lines until it is ended. */
export interface Listening {
  /** Gives the program a line. */
  tell(line: string): void;
  /** Ends the program. */
  end(): void;
  /** Settles when it has ended: the last lines of its stderr. Never rejects. */
  readonly ended: Promise<string>;
}

/** A job that the node's supervisor carries out itself. */
export interface DirectJob {
  /** `birth`: creates a namespace (birth.pl). `run`: runs a program. */
  readonly verb: 'birth' | 'run';
  /** The parts of the namespace; the words of the program (`wordsLine`), and from the second line on what it reads. */
  readonly text: string;
}

/**
 * One persistent program on a node, with the node's privileges, that runs POSIX sh scripts. All work of netloom on a
 * node goes through it; local, SSH and lab nodes differ only in how it is started.
 */
export interface Shell {
  /** Name of the node. */
  readonly node: string;
  /** Process id of the program as the node sees it. */
  readonly pid: number;
  /** The shell is an unprivileged user's: root only in a user namespace of its own. */
  readonly rootless: boolean;
  /** The node is reached over SSH. */
  readonly overSsh?: boolean;
  /** Reads of the node ask every program, and keep nothing (`--no-cache`). */
  readonly noCache?: boolean;
  /** What the shell, and the reads of its node, add to. */
  readonly tally?: Tally;
  /** Runs a script to its end, alone, and returns its stdout. Rejects with a DiagnosticError if it fails or hangs. */
  read(script: string): Promise<string>;
  /**
   * Runs a script in the background; any number may be in flight. Does not reject if the script fails or hangs.
   * @param mayBegin asked when its turn has come
   * @param direct what does the same without a shell: to start one takes a processor two milliseconds
   */
  job(script: string, mayBegin?: () => boolean, direct?: DirectJob): Promise<JobResult>;
  /**
   * Runs a program beside all scripts, without a limit of time. It ends with the shell.
   * Absent: this shell cannot.
   * @param onLine called with every line that it prints
   */
  listen?(script: string, onLine: (line: string) => void): Listening;
  /**
   * Takes the node's lock, so that one netloom at a time changes the node. It is released when the shell ends, and when
   * the node has not heard of this process for a while.
   */
  lock(wait?: LockWait): Promise<LockAnswer>;
  /** A revert on the node has left a report. */
  readonly hasReverted?: boolean;
  /** When the lock was taken, in milliseconds of this process; `undefined`: it is not held. */
  readonly lockedSince?: number | undefined;
  /** Releases the lock. */
  unlock(): Promise<void>;
  /** Ends the shell after the jobs in flight have finished. */
  close(): Promise<void>;
}

/** How many nodes are worked on at once. */
export interface NodeSlots {
  /** Waits until the node may be worked on; the returned function ends the work. */
  enter(node: string): Promise<() => void>;
}

/** What a client sets for its shells. */
export interface ShellOptions {
  /** Ends what runs on the node, and lets nothing more begin, when it is aborted. */
  readonly signal?: AbortSignal;
  /** A script that has neither written anything nor used the processor for so many milliseconds hangs. */
  readonly limitMs?: number;
  /** Who takes the node's lock: the text for those who wait for it (`holderText`). */
  readonly client?: string;
  /** Client and node give each other up if nothing was heard for so many milliseconds. */
  readonly silenceMs?: number;
  /** What the shell, and the reads of its node, add to. */
  readonly tally?: Tally;
  /** Reads of the node ask every program, and keep nothing. */
  readonly noCache?: boolean;
  /** Opening a shell, reads and jobs wait here. Absent: all nodes at once. */
  readonly slots?: NodeSlots;
}

/** A node and the method of reaching it. */
export interface Host {
  readonly node: string;
  /** The method as errors print it: `local`, `ssh root@10.0.0.1`, `lab demo`. */
  readonly description: string;
  open(options?: ShellOptions): Promise<Shell>;
}
