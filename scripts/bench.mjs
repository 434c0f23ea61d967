// npm run bench [-- --sizes 1,50,200 --rounds 5]: netloom as a whole process against a script written by hand, in turn, in one lab node.
// Figures are medians of wall-clock milliseconds; a ratio is netloom's median over the script's.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchTopology } from './bench/topology.mjs';
import { scriptsByHand } from './bench/by-hand.mjs';

const LIMIT_RATIO = 2;
const LIMIT_ONE_MS = 600;
const root = new URL('..', import.meta.url).pathname;
const main = join(root, 'dist/main.js');

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1,50,200' }, rounds: { type: 'string', default: '3' } },
});
const sizes = values.sizes.split(',').map(Number);
const rounds = Number(values.rounds);

const { loadTopology } = await import(join(root, 'dist/topology/load.js'));
const { compileTopology } = await import(join(root, 'dist/compile/compile.js'));
const { labUp, labDown, labRun } = await import(join(root, 'dist/lab/index.js'));

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** @param {string[]} args @param {number[]} [ok] @returns {number} milliseconds */
function netloom(args, ok = [0]) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const took = performance.now() - started;
  if (!ok.includes(status ?? -1))
    throw new Error(`netloom ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`);
  return took;
}

/** @param {any} topology @param {string} script @returns {Promise<number>} milliseconds */
async function byHand(topology, script) {
  const started = performance.now();
  const { code, stderr } = await labRun(topology, 'host', ['sh', '-c', script, 'sh', '/tmp/by-hand']);
  const took = performance.now() - started;
  if (code !== 0) throw new Error(`the script by hand exited with ${code}\n${stderr}`);
  return took;
}

/** @param {number} size */
async function measure(size) {
  const dir = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const file = join(dir, 'topology.yaml');
  writeFileSync(file, benchTopology(`bench-${size}`, size));
  const { topology, diagnostics } = loadTopology(benchTopology(`bench-${size}`, size), file);
  if (!topology) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const { graph } = compileTopology(topology);
  const scripts = scriptsByHand(graph.resources.values(), `netloom:bench-${size}`);
  /** @type {Record<"apply"|"plan"|"destroy", {ours: number[], theirs: number[]}>} */
  const times = { apply: { ours: [], theirs: [] }, plan: { ours: [], theirs: [] }, destroy: { ours: [], theirs: [] } };
  await labUp(topology, {});
  try {
    for (let round = 0; round < rounds; round += 1) {
      await unpack(topology, scripts.files, dir);
      times.apply.theirs.push(await byHand(topology, scripts.apply));
      // Both made the same network, or the comparison is worth nothing.
      netloom(['plan', '--lab', '--detailed-exitcode', file]);
      times.plan.theirs.push(await byHand(topology, scripts.plan));
      times.destroy.theirs.push(await byHand(topology, scripts.destroy));
      times.apply.ours.push(netloom(['apply', '--lab', '--yes', file]));
      times.plan.ours.push(netloom(['plan', '--lab', '--detailed-exitcode', file]));
      times.destroy.ours.push(netloom(['destroy', '--lab', '--yes', file]));
    }
  } finally {
    await labDown(`bench-${size}`);
    rmSync(dir, { recursive: true });
  }
  return Object.entries(times).map(([verb, { ours, theirs }]) => {
    const [a, b] = [median(ours), median(theirs)];
    return {
      routers: size,
      verb,
      netloom_ms: Math.round(a),
      by_hand_ms: Math.round(b),
      ratio: Number((a / b).toFixed(2)),
    };
  });
}

/** @param {any} topology @param {Record<string, string>} files @param {string} dir */
async function unpack(topology, files, dir) {
  const tree = join(dir, 'by-hand');
  rmSync(tree, { recursive: true, force: true });
  execFileSync('mkdir', [tree]);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(tree, name), text);
  const packed = execFileSync('tar', ['-c', '-C', dir, 'by-hand'], { maxBuffer: 1 << 30 }).toString('base64');
  const { code, stderr } = await labRun(
    topology,
    'host',
    ['sh', '-c', 'rm -rf /tmp/by-hand; base64 -d | tar -x -C /tmp'],
    { stdin: packed },
  );
  if (code !== 0) throw new Error(stderr);
}

const rows = [];
for (const size of sizes) rows.push(...(await measure(size)));
console.table(rows);
const tooSlow = rows.filter(({ routers, ratio, netloom_ms: ms }) =>
  routers === 1 ? ms > LIMIT_ONE_MS : ratio >= LIMIT_RATIO,
);
if (tooSlow.length > 0) {
  console.error(`slower than the limit (ratio ${LIMIT_RATIO}; ${LIMIT_ONE_MS} ms for one router):`);
  console.table(tooSlow);
  process.exitCode = 1;
}
