import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { colour, red, seconds, yellow } from './say.mjs';
import { runComplaints, sum, tallyOf } from './tally.mjs';
import { END_TO_END, ONE_PART } from './test-folders.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {import('./tally.mjs').RunRecord} RunRecord */

/**
 * Which tests are run at once. One that hangs is ended after `limit`, and counts as failed. `files` are run as vitest's
 * projects `only`, or as all of them.
 * @typedef {{ vitest: 'everyday' | 'rest', limit: number, only?: string, files: (file: string) => boolean }} Tier
 */

/** @param {string} file */
const isSlow = (file) => file.endsWith('.slow.test.ts');
/** @param {string} file */
const isPure = (file) => ![...ONE_PART, END_TO_END].some((folder) => file.startsWith(`test/${folder}/`));

/** @satisfies {Record<string, Tier>} */
export const TIERS = {
  check: { vitest: 'everyday', limit: 5 * 60_000, only: 'unit', files: (file) => isPure(file) && !isSlow(file) },
  everyday: { vitest: 'everyday', limit: 10 * 60_000, files: (file) => !isSlow(file) },
  rest: { vitest: 'rest', limit: 70 * 60_000, files: isSlow },
};

/** The test files of a tier, by their names. @param {Tier} tier */
export function testFiles(tier) {
  return readdirSync(join(ROOT, 'test'), { recursive: true })
    .map((name) => `test/${String(name)}`)
    .filter((name) => name.endsWith('.test.ts') && tier.files(name));
}

/**
 * Runs a tier's tests. `words` is what is to be said when they have ended: who was skipped and why, and why it is no
 * success although no test failed. `output` is what vitest wrote, unless that was shown as it came.
 * @param {Tier} tier
 * @param {{ show: boolean }} options
 * @returns {Promise<{ tally: Tally, words: string[], output: string }>}
 */
export async function runTests(tier, { show }) {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  const recordFile = join(folder, 'record.json');
  try {
    const ended = await run(
      [
        ...[process.execPath, join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'],
        ...['--reporter=default', `--reporter=${join(ROOT, 'scripts/lib/vitest-counts.mjs')}`],
        ...(tier.only === undefined ? [] : ['--project', tier.only]),
      ],
      {
        show,
        limit: tier.limit,
        env: { NETLOOM_TIER: tier.vitest, NETLOOM_TEST_RECORD: recordFile, ...(colour ? {} : { NO_COLOR: '1' }) },
      },
    );
    return { ...judge(tier, ended, readRecord(recordFile)), output: ended.output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Tier} tier
 * @param {import('./run.mjs').Ended} ended
 * @param {RunRecord | undefined} record
 * @returns {{ tally: Tally, words: string[] }}
 */
function judge(tier, ended, record) {
  if (record === undefined) {
    const how = ended.timedOut ? `was ended after ${seconds(ended.milliseconds)}` : 'ended without a result';
    return { tally: { passed: 0, failed: 1, skipped: 0 }, words: [red(`✗ vitest ${how}`)] };
  }
  const skipped = record.tests.filter((test) => test.state === 'skipped');
  const complaints = runComplaints(record, { ci: isSet(process.env['CI']), files: testFiles(tier), code: ended.code });
  // That all ran which should is one test more.
  const whole =
    complaints.length === 0
      ? { passed: 1, failed: 0, skipped: 0 }
      : { passed: 0, failed: complaints.length, skipped: 0 };
  return {
    tally: sum([tallyOf(record), whole]),
    words: [
      ...skipped.map(({ file, name, note }) => `${yellow('skipped')} ${file} > ${name}: ${note ?? 'no reason given'}`),
      ...complaints.map((complaint) => red(`✗ ${complaint}`)),
    ],
  };
}

/** @param {string} file @returns {RunRecord | undefined} */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} value */
function isSet(value) {
  return value !== undefined && !['', '0', 'false'].includes(value);
}
