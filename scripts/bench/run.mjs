import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Where the project is. */
export const root = new URL('../..', import.meta.url).pathname;
/** The program. */
export const main = join(root, 'dist/main.cjs');

const { labRun } = await import(join(root, 'dist/lab/index.js'));

/**
 * Runs a program as a process that must end with 0.
 * @param {string} program @param {readonly string[]} args
 * @returns {{ms: number, stdout: string, notes: string}} `notes`: what it wrote to its file descriptor 3
 */
export function timed(program, args) {
  const started = performance.now();
  const { status, error, output } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ms = performance.now() - started;
  if (error) throw error;
  const [, stdout, stderr, notes] = output;
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stdout}\n${stderr}`);
  }
  return { ms, stdout: stdout ?? '', notes: notes ?? '' };
}

/** Runs netloom as a process that must end with 0. @param {readonly string[]} args @returns {number} milliseconds */
export function netloom(args) {
  return timed(process.execPath, [main, ...args]).ms;
}

/**
 * Runs netloom like `netloom`, and returns the most memory that it had, in MB (10^6 bytes).
 * @param {readonly string[]} args @returns {number}
 */
export function peakOfNetloom(args) {
  const peak = new URL('./peak.mjs', import.meta.url).href;
  const { notes } = timed(process.execPath, ['--import', peak, main, ...args]);
  return Number(notes) / 1e6;
}

/**
 * Runs `netloom plan` like `netloom`, and returns what it counted (`--stats`).
 * @param {readonly string[]} args
 * @returns {{shells: number, processes: number, cache_hits: number, cache_misses: number}}
 */
export function statsOfPlan(args) {
  return JSON.parse(timed(process.execPath, [main, 'plan', '--json', '--stats', ...args]).stdout).stats;
}

/**
 * Runs a program on the lab's node.
 * @param {any} topology
 * @param {string[]} argv
 * @param {string} [stdin]
 * @returns {Promise<number>} milliseconds
 */
export async function byHand(topology, argv, stdin) {
  const started = performance.now();
  const { code, stderr } = await labRun(topology, 'host', argv, stdin === undefined ? {} : { stdin });
  const took = performance.now() - started;
  if (code !== 0) throw new Error(`the script by hand exited with ${code}\n${stderr}`);
  return took;
}
