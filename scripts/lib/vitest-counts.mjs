import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * What the runner needs to know of one test.
 * @typedef {{ file: string, project: string, name: string, state: string, note?: string }} TestRecord
 * @typedef {{ tests: TestRecord[], broken: string[] }} RunRecord
 */

/**
 * A vitest reporter that writes every test with its state, and with the reason when it was skipped, to the file that
 * NETLOOM_TEST_RECORD names. `broken` holds what failed outside a test: a file that does not load, a hook, a stray
 * rejection.
 */
export default class Counts {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const target = process.env['NETLOOM_TEST_RECORD'];
    if (target === undefined) return;
    /** @type {RunRecord} */
    const record = { tests: [], broken: unhandled.map((error) => `unhandled: ${error.message}`) };
    for (const module of modules) {
      const file = relative(ROOT, module.moduleId);
      for (const error of module.errors()) record.broken.push(`${file}: ${error.message}`);
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors()) record.broken.push(`${file} > ${suite.fullName}: ${error.message}`);
      }
      for (const test of module.children.allTests()) {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        record.tests.push({
          file,
          project: module.project.name,
          name: test.fullName,
          state: result.state,
          ...(note === undefined ? {} : { note }),
        });
      }
    }
    writeFileSync(target, JSON.stringify(record));
  }
}
