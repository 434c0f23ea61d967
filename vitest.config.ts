import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { ensureGenerated } from './scripts/lib/generated.mjs';
import * as folders from './scripts/lib/test-folders.mjs';

// Tests are also run by `npx vitest run FILE`, right after an edit of the schema.
await ensureGenerated();

// What runs where is said by a file's folder and suffix:
//   test/contract, test/lab, test/hosts   one part on the real kernel, two files at a time
//   test/e2e                              netloom from YAML to ping, one file at a time, so that it measures no
//                                         other test's load
//   test/e2e/paired                       the same, two files at a time: tests that measure no time and look at
//                                         nothing but their lab
//   *.both.*                              holds on every mechanism: run again with Open vSwitch on every node
//   *.slow.*                              not every day
//   anything else                         pure code

/** NETLOOM_TIER picks the everyday files (*.test.ts), the rest (*.slow.test.ts), or, when unset, both. */
const tier = process.env['NETLOOM_TIER'];

/** Files share two cores and wait for the kernel, so few run at a time. */
const KERNEL = `test/{${folders.ONE_PART.join(',')}}`;
const END_TO_END = `test/${folders.END_TO_END}`;
const PAIRED = `${END_TO_END}/paired`;

/**
 * Tests of parts compare the cache of outputs in every read with what the programs print. The tests from end to end use
 * it as a user does.
 */
/** The runs of tests are not archived in the home of the user. */
process.env['XDG_STATE_HOME'] ??= join(tmpdir(), 'netloom-test-state');
/** Nor are its plans remembered there. */
process.env['XDG_CACHE_HOME'] ??= join(tmpdir(), 'netloom-test-cache');

const env = { NETLOOM_TEST_CACHE: 'compare' };

/** What tests expect in words of networks. */
const MATCHERS = { setupFiles: ['test/support/matchers/index.ts'] };

/** The tests of the tier below a folder. */
function below(folder: string, without: readonly string[] = []) {
  return {
    ...MATCHERS,
    include: [`${folder}/**/*${tier === 'rest' ? '.slow' : ''}.test.ts`],
    exclude: [...(tier === 'everyday' ? ['**/*.slow.test.ts'] : []), ...without.map((each) => `${each}/**`)],
  };
}

/** The tests below a folder that are run over both mechanisms, over Open vSwitch: none of them every day. */
function overOpenvswitch(folder: string, without: readonly string[] = []) {
  return {
    ...MATCHERS,
    include: tier === 'everyday' ? [] : [`${folder}/**/*.both{,.slow}.test.ts`],
    exclude: without.map((each) => `${each}/**`),
    provide: { mechanism: 'openvswitch' as const },
    testTimeout: 600_000,
  };
}

/** How long one test may take on the real kernel. */
const testTimeout = tier === 'rest' ? 600_000 : 60_000;

// Files share a process and what it has loaded (`isolate: false`): a test leaves nothing behind in it, and mocks no
// module. Vitest's default would be one worker on a machine of two cores.
const TWO_FILES = { hookTimeout: 120_000, maxWorkers: 2, isolate: false };
const ONE_FILE = { hookTimeout: 120_000, fileParallelism: false, isolate: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          ...below('test', [KERNEL, END_TO_END]),
          testTimeout: tier === 'rest' ? 300_000 : 20_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { name: 'kernel', ...below(KERNEL), testTimeout, env, ...TWO_FILES, sequence: { groupOrder: 1 } },
      },
      {
        test: {
          name: 'openvswitch kernel',
          ...overOpenvswitch(KERNEL),
          env,
          ...TWO_FILES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { name: 'e2e in pairs', ...below(PAIRED), testTimeout, ...TWO_FILES, sequence: { groupOrder: 2 } },
      },
      {
        test: {
          name: 'openvswitch in pairs',
          ...overOpenvswitch(PAIRED),
          ...TWO_FILES,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          ...below(END_TO_END, [PAIRED]),
          testTimeout,
          // Tests that measure nothing and say `concurrent` wait for the kernel two at a time.
          maxConcurrency: 2,
          ...ONE_FILE,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'openvswitch',
          ...overOpenvswitch(END_TO_END, [PAIRED]),
          ...ONE_FILE,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
