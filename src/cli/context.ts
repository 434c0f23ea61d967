import type { Writable } from 'node:stream';
import type { LabTarget } from '../lab/index.ts';
import type { SessionEvent } from '../model/event.ts';
import type { Engine } from '../session/engine.ts';
import type { Interrupts } from '../session/interrupts.ts';
import type { MemoryOptions, Session } from '../session/session.ts';
import type { Systemd } from '../service/unit/systemd.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Output } from './output.ts';

/** The outside world as netloom uses it. Tests pass their own. */
export interface World {
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly engine: Engine;
  /** The folder of netloom's state on this machine, where runs are archived. Absent: they are not. */
  readonly state?: string | undefined;
  /** Where plans without changes are remembered on this machine. Absent: nowhere. */
  readonly memory?: MemoryOptions | undefined;
  /** Returns the time in milliseconds since 1970; it must never run backwards. By default the system clock. */
  readonly clock?: () => number;
  /** Aborted by a signal that ends the command, with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
  /** Holds that back while an apply runs. */
  readonly interrupts?: Interrupts;
  /** Returns true if stdin and stderr are terminals, so that the user can be asked. */
  interactive(): boolean;
  /** Asks for a line of text; `undefined` if the user cancels (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | undefined>;
  /**
   * Lets the user decide about an apply that is to be confirmed. `onSecond` gets the seconds that are left. Returns
   * `ended` when `ended` does: another client has decided, or the time is over.
   */
  decide(window: {
    readonly seconds: number;
    readonly onSecond: (left: number) => void;
    readonly ended: () => Promise<void>;
  }): Promise<'keep' | 'revert' | 'ended'>;
  /**
   * Runs a program in a target of a lab, with this process's stdin, stdout and stderr. An empty `argv` runs a shell.
   * Returns the exit code.
   */
  execInLab(topology: ValidTopology, target: LabTarget, argv: readonly string[]): Promise<number>;
  /** Returns the words that start netloom, as it is installed; the first is an absolute path. */
  ownProgram(): Promise<readonly string[]>;
  /** Returns the systemd of this machine. */
  systemd(): Promise<Systemd>;
  /** Returns standard output for bytes, as a stream. */
  bytes(): Writable;
  /** From now on SIGHUP calls this function, in place of ending the command. Absent: it does not come. */
  readonly onHangup?: (handler: () => void) => void;
  /** From now on netloom ignores SIGINT: Ctrl-C is for the program that it runs at the terminal. */
  leaveInterrupts(): void;
}

/** The world of one command, with its session and its form of output. */
export interface Context extends World {
  /** True with `--json`: stdout has JSON only. */
  readonly json: boolean;
  /** Lets a function hear every event from now on, after it was printed. */
  listen(listener: (event: SessionEvent) => void): void;
  /** Everything that a command does to nodes and labs goes through the session. */
  readonly session: Session;
  /**
   * The form of stdout with `--json`: `lines` once a stream of JSON lines has begun. Errors are then a line, too.
   */
  readonly stdout: { form: 'document' | 'lines' };
}

/** Wraps a command's handler, which returns an exit code, as an action for commander. */
export type Act = <Arguments extends unknown[]>(
  handler: (context: Context, ...args: Arguments) => Promise<number>,
) => (...args: Arguments) => Promise<void>;
