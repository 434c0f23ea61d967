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

const unit = below(['test']);

/** What is proved of a network whatever carries it: run once more, with Open vSwitch on every node of its labs. */
const OF_BOTH_MECHANISMS = [
  'borrow-nic.slow',
  'change.slow',
  'destroy',
  'dhcp',
  'fixed-ips.slow',
  'foreign.slow',
  'host',
  'matrix.slow',
  'metadata',
  'pings',
  'routers.slow',
  'silence',
  'two-topologies.slow',
].map((name) => `test/e2e/${name}.test.ts`);

// Files share a process and what it has loaded (`isolate: false`): a test leaves nothing behind in it, and mocks no module.
// Vitest's default would be one worker on a machine of two cores.

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
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          ...below(END_TO_END),
          testTimeout: tier === 'rest' ? 600_000 : 60_000,
          hookTimeout: 120_000,
          isolate: false,
          // Tests that measure nothing and say `concurrent` wait for the kernel two at a time.
          maxConcurrency: 2,
          // One lab at a time: what a test measures is not its neighbour's load.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'openvswitch',
          include: tier === 'everyday' ? [] : OF_BOTH_MECHANISMS,
          provide: { mechanism: 'openvswitch' },
          testTimeout: 600_000,
          hookTimeout: 120_000,
          isolate: false,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
