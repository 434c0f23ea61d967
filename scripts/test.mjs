/**
 * `npm run check` (--tier check), `npm test` (--tier everyday) and `npm run test:all` (--tier rest): installs what is
 * missing, runs everything even when something fails, and prints one count. With NETLOOM_TALLY, the count goes to that
 * file too (.ci/run adds them up).
 */
import { writeFileSync } from 'node:fs';
import { QUICK_CHECKS, runChecks, STATIC_CHECKS } from './lib/checks.mjs';
import { bold, dim, green, main, red, say, seconds, Stop } from './lib/say.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';
import { sum, tallyLine } from './lib/tally.mjs';
import { runTests, TIERS } from './lib/tests.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */
/** @typedef {import('./lib/checks.mjs').StaticCheck} StaticCheck */

/**
 * What is typed for each tier, what it needs on the machine, and what it does.
 * @type {Record<'check' | 'everyday' | 'rest', { typed: string, needs: Parameters<typeof ensureInstalled>[0], count: ()
 * => Promise<Tally> }>}
 */
const RUNS = {
  check: { typed: 'npm run check', needs: ['run'], count: check },
  everyday: { typed: 'npm test', needs: ['run', 'lab', 'test'], count: everyday },
  rest: { typed: 'npm run test:all', needs: ['run', 'lab', 'test', 'slow-test', 'package'], count: rest },
};

/**
 * The unit tests as one of the checks, so that they run beside them.
 * @type {StaticCheck}
 */
const UNIT_TESTS = {
  name: 'unit tests',
  command: 'npx vitest run --project unit',
  check: async () => {
    const { tally, words, output } = await runTests(TIERS.check, { show: false });
    return { ok: tally.failed === 0, output: [output, ...words].join('\n'), tally };
  },
};

await main(async () => {
  const started = performance.now();
  const tier = tierOf(process.argv.slice(2));
  await ensureInstalled(RUNS[tier].needs);
  const total = await RUNS[tier].count();
  const tallyFile = process.env['NETLOOM_TALLY'];
  if (tallyFile !== undefined) writeFileSync(tallyFile, JSON.stringify(total));
  say(dim(`\n${RUNS[tier].typed} took ${seconds(performance.now() - started)}`));
  say((total.failed === 0 ? green : red)(tallyLine(total)));
  return total.failed === 0 ? 0 : 1;
});

/** @param {readonly string[]} args @returns {keyof typeof RUNS} */
function tierOf(args) {
  const tier = args[0] === '--tier' ? args[1] : undefined;
  if (tier === 'check' || tier === 'everyday' || tier === 'rest') return tier;
  throw new Stop(`usage: node scripts/test.mjs --tier ${Object.keys(RUNS).join('|')}`);
}

/** The tests come last: they use what processor the others leave. @returns {Promise<Tally>} */
async function check() {
  return await checks([...QUICK_CHECKS, UNIT_TESTS]);
}

/** @returns {Promise<Tally>} */
async function everyday() {
  return sum([await checks(STATIC_CHECKS), await tests('everyday')]);
}

/** @returns {Promise<Tally>} */
async function rest() {
  await ensureBuilt();
  return await tests('rest');
}

/** @param {readonly StaticCheck[]} list @returns {Promise<Tally>} */
async function checks(list) {
  say(bold('Checks'));
  const checked = await runChecks(list, 2, (one) => {
    const took = seconds(one.milliseconds);
    const what = one.tally === undefined ? took : `${took}, ${tallyLine(one.tally)}`;
    say(`  ${one.ok ? green('✓') : red('✗')} ${one.name.padEnd(18)} ${dim(what)}`);
  });
  for (const one of checked) {
    if (!one.ok) say(`\n${red(`✗ ${one.name}`)} ${dim(`(again: ${one.command})`)}\n${one.output.trimEnd()}`);
  }
  return sum(checked.map(({ ok, tally }) => tally ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }));
}

/** @param {'everyday' | 'rest'} tier @returns {Promise<Tally>} */
async function tests(tier) {
  say(bold(`\nTests (${tier})`));
  const { tally, words } = await runTests(TIERS[tier], { show: true });
  for (const line of words) say(line);
  return tally;
}
