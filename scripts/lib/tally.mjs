/**
 * @typedef {import('./vitest-counts.mjs').RunRecord} RunRecord
 * @typedef {import('./vitest-counts.mjs').TestRecord} TestRecord
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/** `12 passed, 0 failed`, and how many were skipped if any were. @param {Tally} tally */
export function tallyLine(tally) {
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  return total;
}

/** What failed outside a test counts as one failed test each. @param {RunRecord} record @returns {Tally} */
export function tallyOf(record) {
  const count = (/** @type {string} */ state) => record.tests.filter((test) => test.state === state).length;
  const [passed, skipped] = [count('passed'), count('skipped')];
  return { passed, skipped, failed: record.tests.length - passed - skipped + record.broken.length };
}

/**
 * Why a run does not count as one, whatever its tests said; empty when all is well. A file that was never started, a
 * worker that died and a suite that skips itself all look green: so every file must have been run and vitest be
 * content, and of the end-to-end tests some must have run, each skipped one must say why, and under CI none may be
 * skipped.
 * @param {RunRecord} record
 * @param {{ ci: boolean, files: readonly string[], code: number }} options `files`: the test files there are; `code`:
 * vitest's exit code
 */
export function runComplaints(record, { ci, files, code }) {
  const ran = new Set(record.tests.map((test) => test.file));
  const failed = tallyOf(record).failed > 0;
  const complaints = [];
  if (code !== 0 && !failed) complaints.push(`vitest exited ${code} although no test failed`);
  if (files.length === 0) complaints.push('there are no tests');
  // A file that does not load has been counted as broken.
  for (const file of files) {
    if (!ran.has(file) && !record.broken.some((text) => text.includes(file))) complaints.push(`no test ran: ${file}`);
  }
  const tests = record.tests.filter(({ file }) => file.startsWith('test/e2e/'));
  const skipped = tests.filter((test) => test.state === 'skipped');
  if (files.some((file) => file.startsWith('test/e2e/')) && tests.length === skipped.length) {
    complaints.push('no end-to-end test ran');
  }
  for (const test of skipped) {
    if (ci) complaints.push(`end-to-end test skipped under CI: ${title(test)}`);
    else if (!saysWhy(test)) {
      complaints.push(`end-to-end test skipped without a reason, use context.skip('because …'): ${title(test)}`);
    }
  }
  return complaints;
}

/**
 * A skipped test says why by `context.skip(reason)`, or in its title: "needs …", "because …".
 * @param {TestRecord} test
 */
function saysWhy(test) {
  return (test.note ?? '') !== '' || /\b(needs|because|without)\b/i.test(test.name);
}

/** @param {TestRecord} test */
function title(test) {
  return `${test.file} > ${test.name}${test.note === undefined ? '' : ` (${test.note})`}`;
}
