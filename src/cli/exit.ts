/** Exit codes that mean the same in every command. */
export const EXIT = {
  ok: 0,
  /** An error, a wrong use, a failed expectation. */
  failed: 1,
  /** `plan --detailed-exitcode`: there are changes. `verify`: there is nothing to test. */
  changes: 2,
  nothing: 2,
  /** Warnings only. */
  warnings: 3,
} as const;

/** Thrown by a signal that ends a command early; the exit code is that of a process that died of it. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signal}`);
    this.name = 'Interrupted';
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}
