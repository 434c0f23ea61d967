import type { LabTarget } from '../lab/index.ts';
import type { Engine } from '../session/engine.ts';
import type { Session } from '../session/session.ts';
import type { ValidTopology } from '../topology/valid.ts';
import type { Output } from './output.ts';

/** What netloom is started with. Everything of the outside world comes in here, so that tests can bring their own. */
export interface World {
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly engine: Engine;
  /** The time in milliseconds since 1970, which must never run back; by default that of the machine. */
  readonly clock?: () => number;
  /** Aborted, with an `Interrupted` as reason, when the user or the system asks netloom to end. */
  readonly signal: AbortSignal;
  /** A person sits at the terminal and can be asked. */
  readonly interactive: boolean;
  /** Asks for a line of text; `undefined` when the person gives up (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | undefined>;
  /**
   * Runs a program in a target of a lab, a shell if none is given, with this process's stdin, stdout and stderr; its
   * exit code.
   */
  execInLab(topology: ValidTopology, target: LabTarget, argv: readonly string[]): Promise<number>;
  /** From here on Ctrl-C is the business of a program that netloom runs at the terminal. */
  leaveInterrupts(): void;
}

/** What one command has to work with. */
export interface Context extends World {
  /** `--json` was given: stdout is for machines. */
  readonly json: boolean;
  /** All that is done to nodes and labs is done through it. */
  readonly session: Session;
  /**
   * With `--json`, how far stdout is: `lines` once a stream of JSON lines has begun, so that errors become a line too.
   */
  readonly stdout: { form: 'document' | 'lines' };
}

/** Makes of a command's handler, which returns an exit code, what commander calls. */
export type Act = <Arguments extends unknown[]>(
  handler: (context: Context, ...args: Arguments) => Promise<number>,
) => (...args: Arguments) => Promise<void>;
