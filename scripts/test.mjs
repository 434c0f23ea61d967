/**
 * `npm test` (--tier everyday) and `npm run test:all` (--tier rest): installs what is missing, runs everything even
 * when something fails, and prints one count. With NETLOOM_TALLY, the count goes to that file too (.ci/run adds them up).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, STATIC_CHECKS } from './lib/checks.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { bold, colour, dim, green, main, red, say, seconds, Stop, yellow } from './lib/say.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';
import { runComplaints, sum, tallyLine, tallyOf } from './lib/tally.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */
/** @typedef {import('./lib/tally.mjs').RunRecord} RunRecord */

/** A tier that hangs is ended after this long, and counts as failed. */
const LIMITS = { everyday: 10 * 60_000, rest: 25 * 60_000 };

await main(async () => {
  const started = performance.now();
  const tier = tierOf(process.argv.slice(2));
  await ensureInstalled(tier === 'everyday' ? ['run', 'lab', 'test'] : ['run', 'lab', 'test', 'slow-test']);

  /** @type {Tally[]} */
  const tallies = [];
  if (tier === 'everyday') tallies.push(await staticChecks());
  else await ensureBuilt();
  tallies.push(await vitest(tier));

  const total = sum(tallies);
  const tallyFile = process.env['NETLOOM_TALLY'];
  if (tallyFile !== undefined) writeFileSync(tallyFile, JSON.stringify(total));
  say(dim(`\n${tier === 'everyday' ? 'npm test' : 'npm run test:all'} took ${seconds(performance.now() - started)}`));
  say((total.failed === 0 ? green : red)(tallyLine(total)));
  return total.failed === 0 ? 0 : 1;
});

/** @param {readonly string[]} args @returns {keyof typeof LIMITS} */
function tierOf(args) {
  const tier = args[0] === '--tier' ? args[1] : undefined;
  if (tier === 'everyday' || tier === 'rest') return tier;
  throw new Stop('usage: node scripts/test.mjs --tier everyday|rest');
}

/** @returns {Promise<Tally>} */
async function staticChecks() {
  say(bold('Static checks'));
  const checked = await runChecks(STATIC_CHECKS, 2, (one) => {
    say(`  ${one.ok ? green('✓') : red('✗')} ${one.name.padEnd(18)} ${dim(seconds(one.milliseconds))}`);
  });
  const failed = checked.filter((one) => !one.ok);
  for (const one of failed) {
    say(`\n${red(`✗ ${one.name}`)} ${dim(`(again: ${one.mend})`)}\n${one.output.trimEnd()}`);
  }
  return { passed: checked.length - failed.length, failed: failed.length, skipped: 0 };
}

/** @param {keyof typeof LIMITS} tier @returns {Promise<Tally>} */
async function vitest(tier) {
  say(bold(`\nTests (${tier})`));
  const folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  const recordFile = join(folder, 'record.json');
  try {
    const ended = await run(
      [
        ...[process.execPath, join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'],
        ...['--reporter=default', `--reporter=${join(ROOT, 'scripts/lib/vitest-counts.mjs')}`],
      ],
      {
        show: true,
        limit: LIMITS[tier],
        env: { NETLOOM_TIER: tier, NETLOOM_TEST_RECORD: recordFile, ...(colour ? {} : { NO_COLOR: '1' }) },
      },
    );
    return judge(tier, ended, readRecord(recordFile));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {keyof typeof LIMITS} tier
 * @param {import('./lib/run.mjs').Ended} ended
 * @param {RunRecord | undefined} record
 * @returns {Tally}
 */
function judge(tier, ended, record) {
  if (record === undefined) {
    say(
      red(
        ended.timedOut ? `✗ vitest was ended after ${seconds(ended.milliseconds)}` : `✗ vitest ended without a result`,
      ),
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
  for (const test of record.tests) {
    if (test.state === 'skipped')
      say(`${yellow('skipped')} ${test.file} > ${test.name}: ${test.note ?? 'no reason given'}`);
  }
  const tally = tallyOf(record);
  const complaints = runComplaints(record, {
    ci: isSet(process.env['CI']),
    files: testFiles(tier),
    code: ended.code,
  });
  for (const complaint of complaints) say(red(`✗ ${complaint}`));
  // That all ran which should is one test more.
  return sum([
    tally,
    complaints.length === 0
      ? { passed: 1, failed: 0, skipped: 0 }
      : { passed: 0, failed: complaints.length, skipped: 0 },
  ]);
}

/** The test files of a tier, by their names. @param {keyof typeof LIMITS} tier */
function testFiles(tier) {
  return readdirSync(join(ROOT, 'test'), { recursive: true })
    .map((name) => `test/${String(name)}`)
    .filter((name) => name.endsWith('.test.ts') && name.endsWith('.slow.test.ts') === (tier === 'rest'));
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
