import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptsByHand } from './by-hand/routers.mjs';
import { byHand, netloom, root } from './run.mjs';
import { benchTopology } from './topology.mjs';

const { loadTopology } = await import(join(root, 'dist/topology/load.js'));
const { compileTopology } = await import(join(root, 'dist/compile/compile.js'));
const { labUp, labDown } = await import(join(root, 'dist/lab/index.js'));

/** The folder of the script's files on the node. */
const FOLDER = '/tmp/by-hand';

/**
 * Returns the valid topology of a text, or fails. @param {string} text @param {string} file @returns {any}
 */
export function validTopology(text, file) {
  const { topology, diagnostics } = loadTopology(text, file);
  if (!topology) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return topology;
}

/**
 * A lab with one node for a network of routers. The three functions run the script by hand and return milliseconds.
 * @typedef {object} Bench
 * @property {any} topology
 * @property {string} file its file
 * @property {string} more the file of the same network with one floating IP more
 * @property {() => Promise<number>} apply
 * @property {() => Promise<number>} read
 * @property {() => Promise<number>} destroy
 */

/**
 * Starts a lab for this many routers, hands it over and ends it.
 * @param {number} routers @param {(bench: Bench) => Promise<void> | void} work
 */
export async function withNetwork(routers, work) {
  const name = `bench-${routers}`;
  const dir = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  // Plans are remembered here, and not in the folder of the user.
  process.env['XDG_CACHE_HOME'] = dir;
  const file = join(dir, 'topology.yaml');
  const more = join(dir, 'more.yaml');
  writeFileSync(file, benchTopology(name, routers));
  writeFileSync(more, benchTopology(name, routers, { more: 1 }));
  const topology = validTopology(benchTopology(name, routers), file);
  const scripts = scriptsByHand(compileTopology(topology).graph.resources.values(), `netloom:${name}`);
  const run = (/** @type {string} */ script) => byHand(topology, ['sh', '-c', script, 'sh', FOLDER]);
  await labUp(topology, {});
  try {
    await work({
      topology,
      file,
      more,
      async apply() {
        // The script changes its files, so it gets them each time.
        await unpack(topology, scripts.files, dir);
        const ms = await run(scripts.apply);
        // Both create the same network, or the comparison is worth nothing.
        netloom(['plan', '--lab', '--detailed-exitcode', file]);
        return ms;
      },
      read: () => run(scripts.plan),
      destroy: () => run(scripts.destroy),
    });
  } finally {
    await labDown(name);
    rmSync(dir, { recursive: true });
  }
}

/**
 * Waits until the kernel has changed nothing by itself for a while (duplicate address detection takes some 2 s), and
 * plans once more, which fills the cache.
 * @param {string} file
 */
export async function warmUp(file) {
  await new Promise((settle) => setTimeout(settle, 2500));
  netloom(['plan', '--lab', '--detailed-exitcode', file]);
}

/** @param {any} topology @param {Record<string, string>} files @param {string} dir */
async function unpack(topology, files, dir) {
  const tree = join(dir, 'files');
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(tree, name), text);
  const packed = execFileSync('tar', ['-c', '-C', tree, '.'], { maxBuffer: 1 << 30 }).toString('base64');
  const steps = `rm -rf ${FOLDER} && mkdir ${FOLDER} && base64 -d | tar -x -C ${FOLDER}`;
  await byHand(topology, ['sh', '-c', steps], packed);
}
