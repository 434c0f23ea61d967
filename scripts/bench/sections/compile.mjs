// `node scripts/bench/sections/compile.mjs INSTANCES,…` measures other sizes than the bench, after `npm run build`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { largeTopology } from '../large-topology.mjs';
import { median, rowOf } from '../rows.mjs';

/**
 * What is measured, with the limits. 50 instances are on a node; an instance is nine objects.
 * @type {readonly Size[]}
 */
const SIZES = [
  { instances: 5_750 },
  { instances: 11_500, most: 1000 },
  { instances: 25_000 },
  { instances: 50_000, most: 6000, mostMemory: 1024 },
  { instances: 115_000, most: 15_000 },
];

const PER_NODE = 50;

/** The most time for twice the objects, in percent. */
const MOST_FOR_TWICE = 220;

const OWN = fileURLToPath(import.meta.url);

/**
 * @typedef {{instances: number, most?: number, mostMemory?: number}} Size
 * @typedef {{objects: number, load: number, compile: number, memory: number}} Measured
 */

/**
 * Measures how long netloom computes from the text of a large topology file to the desired state of all its nodes:
 * parsing, the schema, all checks, derived values and rules. The start of Node.js and the reading of the file are not
 * part of it; the memory is the largest resident set of the whole process.
 * @param {Pick<import('../sections.mjs').Options, 'rounds' | 'say'>} options
 * @param {readonly Size[]} [sizes]
 */
export function measureCompile({ rounds, say }, sizes = SIZES) {
  const results = sizes.map((size) => {
    say(`compile, ${size.instances} instances`);
    return { ...size, measured: Array.from({ length: rounds }, () => inProcess(size.instances)) };
  });
  const rows = results.flatMap(({ measured, most, mostMemory }) => {
    const which = { section: 'compile', objects: measured[0]?.objects ?? 0 };
    const total = measured.map(({ load, compile }) => load + compile);
    const memory = measured.map((one) => one.memory);
    return [
      rowOf({ ...which, what: 'load and compile', rounds: total, limit: limitOf(most) }),
      rowOf({ ...which, what: 'of that, load', rounds: measured.map(({ load }) => load) }),
      rowOf({ ...which, what: 'peak memory', unit: 'MB', rounds: memory, limit: limitOf(mostMemory) }),
    ];
  });
  return Promise.resolve([...rows, ...growthRows(results)]);
}

/** @param {number | undefined} most */
const limitOf = (most) => (most === undefined ? undefined : { most });

/**
 * Compares each size with the one before, scaled to twice its objects.
 * @param {readonly {measured: Measured[]}[]} all
 */
function growthRows(all) {
  return all.slice(1).map(({ measured }, index) => {
    const before = all[index]?.measured ?? [];
    const objects = measured[0]?.objects ?? 0;
    const twice = (2 * (before[0]?.objects ?? 0)) / objects;
    const half = median(before.map(({ load, compile }) => load + compile));
    return rowOf({
      section: 'compile',
      what: 'time for twice the objects',
      objects,
      unit: '%',
      rounds: measured.map(({ load, compile }) => (100 * twice * (load + compile)) / half),
      limit: { most: MOST_FOR_TWICE },
    });
  });
}

/** Measures one size in a process of its own. @param {number} instances @returns {Measured} */
function inProcess(instances) {
  const argv = ['--max-old-space-size=8192', OWN, '--one', String(instances)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Measures one size in this process. @param {number} instances @returns {Promise<Measured>} */
async function measureOne(instances) {
  const built = new URL('../../../dist/', import.meta.url);
  const { loadTopology } = await import(new URL('topology/load.js', built).href);
  const { compileTopology } = await import(new URL('compile/compile.js', built).href);
  const text = largeTopology(instances, Math.ceil(instances / PER_NODE));
  const begun = performance.now();
  const { topology, diagnostics } = loadTopology(text, 'topology.yaml');
  if (!topology) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const loaded = performance.now();
  const { graph } = compileTopology(topology);
  const compile = performance.now() - loaded;
  const memory = process.resourceUsage().maxRSS / 1024;
  return { objects: graph.resources.size, load: loaded - begun, compile, memory };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [first, second] = process.argv.slice(2);
  if (first === '--one') process.stdout.write(JSON.stringify(await measureOne(Number(second))));
  else {
    const sizes = first?.split(',').map((instances) => ({ instances: Number(instances) }));
    console.table(await measureCompile({ rounds: 1, say: console.error }, sizes));
  }
}
