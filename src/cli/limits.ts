import { InvalidArgumentError, type Command } from 'commander';
import { DEFAULT_LIMITS, type Limits } from '../session/session.ts';
import { addFlag } from './option.ts';

/** Adds `--timeout`, for every command that runs something on a node. */
export function addTimeout(command: Command): Command {
  return addDuration(
    command,
    '--timeout <duration>',
    'end a command on a node that neither prints nor computes for so long; 60s by default',
    readTimeout,
  );
}

/** Adds `--lock-timeout`, for every command that changes a node. */
export function addLockTimeout(command: Command): Command {
  return addDuration(
    command,
    '--lock-timeout <duration>',
    'wait so long for another netloom that changes a node; 0 does not wait, 30s by default',
    readDuration,
  );
}

/** Adds `--parallelism`, for every command that can work on several nodes. */
export function addParallelism(command: Command): Command {
  addFlag(command, '--parallelism <n>', 'work on at most so many nodes at once; on all by default');
  command.options.at(-1)?.argParser<number>(readParallelism);
  return command;
}

/** Adds `--confirm` and the limit of an apply that is to be confirmed. */
export function addConfirm(command: Command): void {
  addDuration(
    command,
    '--confirm <duration>',
    'revert the changes unless they are kept (ENTER, netloom confirm) within so long after the apply',
    readTimeout,
  );
  addDuration(
    command,
    '--confirm-limit <duration>',
    'with --confirm, revert also an apply that has not ended after so long; 10m by default',
    readTimeout,
  );
}

/** The default of `--resync`, in milliseconds. */
export const RESYNC_MS = 30_000;

/** Adds `--resync` and `--poll`. */
export function addResync(command: Command): void {
  addDuration(
    command,
    '--resync <duration>',
    'read and compare everything so often, for what no node reports; 0 never does, 30s by default',
    readDuration,
  );
  addDuration(
    command,
    '--poll <duration>',
    'look at the files so often; by default every 2s where the file system reports no changes, such as NFS',
    readDuration,
  );
}

/** Returns the limits that the flags set. */
export function limitsOf(options: {
  readonly timeout?: unknown;
  readonly lockTimeout?: unknown;
  readonly parallelism?: unknown;
}): Limits {
  const { timeout, lockTimeout, parallelism } = options;
  return {
    timeoutMs: typeof timeout === 'number' ? timeout : DEFAULT_LIMITS.timeoutMs,
    lockTimeoutMs: typeof lockTimeout === 'number' ? lockTimeout : DEFAULT_LIMITS.lockTimeoutMs,
    ...(typeof parallelism === 'number' && { parallelism }),
  };
}

function addDuration(command: Command, flags: string, description: string, read: (text: string) => number): Command {
  addFlag(command, flags, description);
  command.options.at(-1)?.argParser<number>(read);
  return command;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const MOST_MS = 24 * 3_600_000;

/** Reads `90s`, `1m30s`, `500ms`, `2h`, or a number of seconds; returns milliseconds. @throws InvalidArgumentError */
export function readDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const whole = parts.map(([part]) => part).join('') === text && parts.length > 0;
  const milliseconds = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (UNITS[unit] ?? NaN), whole ? 0 : NaN);
  if (milliseconds <= MOST_MS) return milliseconds;
  throw new InvalidArgumentError('it must be a duration of at most 24h, such as 30s, 5m or 1m30s.');
}

function readParallelism(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it must be a number of nodes from 1 to 9999.');
}

/** A shorter limit would end commands that work. */
function readTimeout(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds >= 1000) return milliseconds;
  throw new InvalidArgumentError('it must be at least 1s.');
}
