/**
 * node scripts/sum-tallies.mjs [CODE FILE]…: adds up the counts of several runs, each given by its exit code and by the
 * file NETLOOM_TALLY named to it, and prints one line. A run that died before it could count, or after, is one failure.
 */
import { readFileSync } from 'node:fs';
import { main, say } from './lib/say.mjs';
import { sum, tallyLine } from './lib/tally.mjs';

/** @typedef {import('./lib/tally.mjs').Tally} Tally */

await main(() => {
  const args = process.argv.slice(2);
  /** @type {Tally[]} */
  const tallies = [];
  while (args.length > 0) {
    const [code, file = ''] = args.splice(0, 2);
    const tally = read(file) ?? { passed: 0, failed: 1, skipped: 0 };
    if (code !== '0' && tally.failed === 0) tally.failed = 1;
    tallies.push(tally);
  }
  const total = sum(tallies.length > 0 ? tallies : [{ passed: 0, failed: 1, skipped: 0 }]);
  say(`\n${tallyLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {string} file @returns {Tally | undefined} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
