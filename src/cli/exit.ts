/** The exit codes; each means the same in every command. */
export const EXIT = {
  ok: 0,
  /** An error, wrong usage, or a failed expectation. */
  failed: 1,
  /** `plan --detailed-exitcode`: the plan has changes. */
  changes: 2,
  /** `verify`: the file has no `expect:`. */
  nothing: 2,
  /** Warnings only. */
  warnings: 3,
} as const;

/** The signals that stop a command, each with its number. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** The error of a command that a signal ends; the exit code is that of a process killed by the signal. */
export class Interrupted extends Error {
  readonly exitCode: number;

  /** @param more what was left */
  constructor(signal: keyof typeof SIGNALS, more = '') {
    super(`stopped by ${signal}${more}`);
    this.name = 'Interrupted';
    this.exitCode = 128 + SIGNALS[signal];
  }
}
