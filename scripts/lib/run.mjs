import { spawn } from 'node:child_process';
import { searchPath } from '../requirements.mjs';
import { ROOT } from './paths.mjs';

/**
 * How a child ended. `output` holds what it wrote (both streams, in the order they came) unless it was passed through.
 * @typedef {{ code: number, output: string, milliseconds: number, timedOut: boolean }} Ended
 */

/**
 * Children still running, so that a signal to us reaches them as well.
 * @type {Set<{ detached: boolean, kill: (signal: NodeJS.Signals) => void }>}
 */
const running = new Set();

/**
 * Runs a program in the clone, in a process group of its own, and never rejects for its exit code.
 * A child that is over its time limit is ended with all its descendants.
 * @param {readonly string[]} argv With `show` what it writes is passed through. `foreground` leaves it in our process
 * group (a background group cannot read from the terminal, and a Ctrl-C does not reach it); that is so with `show`,
 * unless there is a limit.
 * @param {{ env?: Record<string, string>, show?: boolean, foreground?: boolean, limit?: number, stdin?: 'inherit' |
 * 'ignore', cwd?: string }} [options]
 * @returns {Promise<Ended>}
 */
export function run(argv, options = {}) {
  const [program = '', ...args] = argv;
  const started = performance.now();
  const shown = options.show ?? false;
  const detached = !(options.foreground ?? shown) || options.limit !== undefined;
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, PATH: searchPath(), ...options.env },
    stdio: [options.stdin ?? 'ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    detached,
  });
  let output = '';
  const keep = (/** @type {string} */ text) => {
    output += text;
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  let timedOut = false;
  const kill = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(detached ? -child.pid : child.pid, signal);
    } catch {
      // Already gone.
    }
  };
  const entry = { detached, kill };
  running.add(entry);
  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  if (options.limit !== undefined) {
    timers.push(
      setTimeout(() => {
        timedOut = true;
        kill('SIGTERM');
        timers.push(setTimeout(kill, 5000, 'SIGKILL'));
      }, options.limit),
    );
  }
  return new Promise((resolve) => {
    const end = (/** @type {number} */ code) => {
      for (const timer of timers) clearTimeout(timer);
      running.delete(entry);
      resolve({ code, output, milliseconds: performance.now() - started, timedOut });
    };
    child.on('error', (error) => {
      output += `${program}: ${error.message}\n`;
      end(127);
    });
    child.on('close', (code, signal) => {
      end(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to its whole foreground group: a child in ours has it already, and ends in its own time.
    const signalled = [...running].filter((child) => signal === 'SIGINT' && !child.detached);
    for (const child of running) if (!signalled.includes(child)) child.kill(signal);
    if (signalled.length === 0) process.exit(code);
  });
}
