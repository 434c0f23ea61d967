import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Where the project is. */
export const root = new URL('../..', import.meta.url).pathname;
/** The program. */
export const main = join(root, 'dist/main.js');

const { labRun } = await import(join(root, 'dist/lab/index.js'));

/** @param {number[]} numbers */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Runs netloom as a process that must end well. @param {string[]} args @returns {number} milliseconds */
export function netloom(args) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`netloom ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`);
  return took;
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

/**
 * A row of the table: medians of what netloom and the script by hand took.
 * @param {string} what @param {{ours: number[], theirs: number[]}} times
 */
export function rowOf(what, { ours, theirs }) {
  const [a, b] = [median(ours), median(theirs)];
  return { what, netloom_ms: Math.round(a), by_hand_ms: Math.round(b), ratio: Number((a / b).toFixed(2)) };
}
