import { defineConfig } from 'vitest/config';

/** Tests that make real namespaces; they share two cores and wait for the kernel, so few run at a time. */
const KERNEL = ['test/contract', 'test/lab', 'test/hosts'];
const END_TO_END = ['test/e2e'];

/** NETLOOM_TIER picks the everyday files (*.test.ts), the rest (*.slow.test.ts), or, when unset, both. */
const tier = process.env['NETLOOM_TIER'];

function below(folders: string[]): { include: string[]; exclude: string[] } {
  return {
    include: folders.map((folder) => `${folder}/**/*${tier === 'rest' ? '.slow' : ''}.test.ts`),
    exclude: tier === 'everyday' ? ['**/*.slow.test.ts'] : [],
  };
}

function ofTier(files: string[]): string[] {
  return files.filter((file) => tier === undefined || file.endsWith('.slow.test.ts') === (tier === 'rest'));
}

const unit = below(['test']);
const endToEnd = below(END_TO_END);

/** What is proved of a network whatever carries it: run once more, with Open vSwitch on every node. */
const OF_BOTH_MECHANISMS = [
  'contract/crash.slow',
  'contract/drifts',
  'contract/effects',
  'contract/floating-life',
  'contract/heal/objects.slow',
  'contract/heal/rules.slow',
  'contract/link-local',
  'contract/port-forwarding',
  'e2e/address-scopes.slow',
  'e2e/borrow-nic.slow',
  'e2e/change.slow',
  'e2e/crash.slow',
  'e2e/destroy',
  'e2e/dhcp',
  'e2e/fixed-ips.slow',
  'e2e/foreign.slow',
  'e2e/host',
  'e2e/matrix.slow',
  'e2e/metadata',
  'e2e/pings.slow',
  'e2e/property.slow',
  'e2e/routers.slow',
  'e2e/security-groups.slow',
  'e2e/silence.slow',
  'e2e/spoofing.slow',
  'e2e/streams.slow',
  'e2e/two-topologies.slow',
].map((name) => `test/${name}.test.ts`);

/** End-to-end tests that measure no time and look at nothing but their lab: two labs at a time. */
const IN_PAIRS = [
  'address-scopes.slow',
  'borrow-nic.slow',
  'borrow.slow',
  'change.slow',
  'crash.slow',
  'destroy',
  'dhcp',
  'foreign.slow',
  'gc.slow',
  'matrix.slow',
  'metadata',
  'node-router.slow',
  'node-router-crash.slow',
  'property.slow',
  'routers.slow',
  'security-groups.slow',
  'seed-openvswitch.slow',
  'silence.slow',
  'spoofing.slow',
  'two-topologies.slow',
].map((name) => `test/e2e/${name}.test.ts`);

/** Those of both mechanisms for which something holds, over Open vSwitch: none of them every day. */
function overOpenvswitch(which: (file: string) => boolean): {
  include: string[];
  provide: { mechanism: 'openvswitch' };
  testTimeout: number;
} {
  return {
    include: tier === 'everyday' ? [] : OF_BOTH_MECHANISMS.filter(which),
    provide: { mechanism: 'openvswitch' },
    testTimeout: 600_000,
  };
}

// Files share a process and what it has loaded (`isolate: false`): a test leaves nothing behind in it, and mocks no module.
// Vitest's default would be one worker on a machine of two cores.

const TWO_FILES = { hookTimeout: 120_000, maxWorkers: 2, isolate: false };
/** One lab at a time: what a test measures is not its neighbour's load. */
const ONE_FILE = { hookTimeout: 120_000, fileParallelism: false, isolate: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: unit.include,
          exclude: [...unit.exclude, ...[...KERNEL, ...END_TO_END].map((folder) => `${folder}/**`)],
          testTimeout: tier === 'rest' ? 300_000 : 20_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'kernel',
          ...below(KERNEL),
          testTimeout: tier === 'rest' ? 600_000 : 60_000,
          ...TWO_FILES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'openvswitch kernel',
          ...overOpenvswitch((file) => !file.startsWith('test/e2e/')),
          ...TWO_FILES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e in pairs',
          include: ofTier(IN_PAIRS),
          testTimeout: tier === 'rest' ? 600_000 : 60_000,
          ...TWO_FILES,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'openvswitch in pairs',
          ...overOpenvswitch((file) => IN_PAIRS.includes(file)),
          ...TWO_FILES,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: endToEnd.include,
          exclude: [...endToEnd.exclude, ...IN_PAIRS],
          testTimeout: tier === 'rest' ? 600_000 : 60_000,
          // Tests that measure nothing and say `concurrent` wait for the kernel two at a time.
          maxConcurrency: 2,
          ...ONE_FILE,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'openvswitch',
          ...overOpenvswitch((file) => file.startsWith('test/e2e/') && !IN_PAIRS.includes(file)),
          ...ONE_FILE,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
