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
 * Why the end-to-end tests of this run do not count as run; empty when all is well. A suite that skips itself looks
 * like a green one, so: some must have run, each skipped one must say why, and under CI none may be skipped.
 * @param {RunRecord} record
 * @param {{ ci: boolean, required: boolean }} options `required`: this tier has end-to-end tests
 */
export function endToEndComplaints(record, options) {
  const tests = record.tests.filter((test) => test.project === 'e2e');
  const skipped = tests.filter((test) => test.state === 'skipped');
  const complaints = [];
  if (options.required && tests.length === skipped.length) complaints.push('no end-to-end test ran');
  for (const test of skipped) {
    if (options.ci) complaints.push(`skipped under CI: ${title(test)}`);
    else if (!saysWhy(test)) complaints.push(`skipped without a reason, use context.skip('because …'): ${title(test)}`);
  }
  return complaints;
}

/** A skipped test says why by `context.skip(reason)`, or in its title: "needs …", "because …". @param {TestRecord} test */
function saysWhy(test) {
  return (test.note ?? '') !== '' || /\b(needs|because|without)\b/i.test(test.name);
}

/** @param {TestRecord} test */
function title(test) {
  return `${test.file} > ${test.name}${test.note === undefined ? '' : ` (${test.note})`}`;
}
