import { join } from 'node:path';
import { build } from './build.mjs';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';

/**
 * One static check, counted as one test, or as those of its tally.
 * @typedef {{ ok: boolean, output: string, tally?: import('./tally.mjs').Tally }} Result
 * @typedef {{ name: string, command: string, check: () => Promise<Result> }} StaticCheck
 * @typedef {{ name: string, command: string, milliseconds: number } & Result} Checked
 */

/** What tsc found is kept: a second run takes a third of the time (measured). */
const KEPT = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/netloom/types.tsbuildinfo'];

/** A program of node_modules, started without a shell and without npx. @param {string} file @param {string[]} args */
async function tool(file, ...args) {
  const ended = await run([process.execPath, join(ROOT, 'node_modules', file), ...args], { limit: 5 * 60_000 });
  const late = ended.timedOut ? `ended after ${Math.round(ended.milliseconds / 1000)} s: too slow\n` : '';
  return { ok: ended.code === 0, output: ended.output + late };
}

/**
 * The checks of `npm run check`, the slowest first, since two run at a time. eslint keeps no cache: what it says of a
 * file depends on the types of others, and a cache asks only whether the file itself has changed. tsc's knows better.
 * @type {readonly StaticCheck[]}
 */
export const QUICK_CHECKS = [
  { name: 'lint', command: 'npm run lint', check: () => tool('eslint/bin/eslint.js', '.', '--max-warnings=0') },
  { name: 'types', command: 'npm run types', check: () => tool('typescript/bin/tsc', '-p', 'tsconfig.json', ...KEPT) },
  {
    name: "the page's types",
    command: 'npm run types',
    check: () => tool('typescript/bin/tsc', '-p', 'src/page/browser'),
  },
  {
    name: 'layering',
    command: 'npm run layering',
    check: () => tool('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--output-type', 'err-long'),
  },
];

/** All static checks: those and more. @type {readonly StaticCheck[]} */
export const STATIC_CHECKS = [
  ...QUICK_CHECKS,
  { name: 'build', command: 'npm run build', check: build },
  { name: 'dead code', command: 'npm run deadcode', check: () => tool('knip/bin/knip.js', '--no-progress') },
  {
    name: 'format',
    command: 'npm run format',
    check: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  },
  { name: 'programs', command: 'npm run programs', check: () => script('scripts/check-programs.mjs') },
  { name: 'generated files', command: 'npm run generate', check: () => script('scripts/generate.mjs', '--check') },
];

/** A script of the clone. @param {string} file @param {string[]} args */
async function script(file, ...args) {
  const ended = await run([process.execPath, join(ROOT, file), ...args], { limit: 60_000 });
  return { ok: ended.code === 0, output: ended.output };
}

/**
 * Runs the checks, so many at a time, and tells of each as it ends.
 * @param {readonly StaticCheck[]} checks
 * @param {number} lanes
 * @param {(checked: Checked) => void} tell
 */
export async function runChecks(checks, lanes, tell) {
  const waiting = [...checks];
  /** @type {Checked[]} */
  const done = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const started = performance.now();
      const result = await next
        .check()
        .catch((/** @type {unknown} */ error) => /** @type {Result} */ ({ ok: false, output: String(error) }));
      const { name, command } = next;
      const checked = { name, command, ...result, milliseconds: performance.now() - started };
      done.push(checked);
      tell(checked);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}
