// npm run bench [-- --sizes 1,50,200 --rounds 5 --no-instances]: netloom as a whole process against a script written by
// hand, in turn, in one lab node; where instances are added to many, also a running `netloom watch`. (`node -e 0` alone
// may take as long as the script.) Figures are medians of wall-clock milliseconds; a ratio is netloom's median over the
// script's.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchTopology } from './bench/topology.mjs';
import { scriptsByHand } from './bench/by-hand.mjs';
import { measureInstances } from './bench/instances.mjs';
import { byHand, netloom, root, rowOf } from './bench/run.mjs';

const LIMIT_RATIO = 2;
const LIMIT_ONE_MS = 600;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,50,200' },
    rounds: { type: 'string', default: '3' },
    instances: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const sizes = values.sizes.split(',').filter(Boolean).map(Number);
const rounds = Number(values.rounds);

const { loadTopology } = await import(join(root, 'dist/topology/load.js'));
const { compileTopology } = await import(join(root, 'dist/compile/compile.js'));
const { labUp, labDown, labRun } = await import(join(root, 'dist/lab/index.js'));

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
      times.apply.theirs.push(await byHand(topology, ['sh', '-c', scripts.apply, 'sh', '/tmp/by-hand']));
      // Both made the same network, or the comparison is worth nothing.
      netloom(['plan', '--lab', '--detailed-exitcode', file]);
      times.plan.theirs.push(await byHand(topology, ['sh', '-c', scripts.plan, 'sh', '/tmp/by-hand']));
      times.destroy.theirs.push(await byHand(topology, ['sh', '-c', scripts.destroy, 'sh', '/tmp/by-hand']));
      times.apply.ours.push(netloom(['apply', '--lab', '--yes', file]));
      times.plan.ours.push(netloom(['plan', '--lab', '--detailed-exitcode', file]));
      times.destroy.ours.push(netloom(['destroy', '--lab', '--yes', file]));
    }
  } finally {
    await labDown(`bench-${size}`);
    rmSync(dir, { recursive: true });
  }
  return Object.entries(times).map(([verb, both]) => ({
    ...rowOf(`${size} routers: ${verb}`, both),
    ...(size === 1 ? { limit_ms: LIMIT_ONE_MS } : { limit_ratio: LIMIT_RATIO }),
  }));
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

/** @type {(ReturnType<typeof rowOf> & {limit_ms?: number, limit_ratio?: number})[]} */
const rows = [];
for (const size of sizes) rows.push(...(await measure(size)));
if (values.instances) rows.push(...(await measureInstances(rounds)));
console.table(rows);
const tooSlow = rows.filter(
  ({ ratio, netloom_ms: ms, limit_ms: most = Infinity, limit_ratio: times = Infinity }) => ms > most || ratio >= times,
);
if (tooSlow.length > 0) {
  console.error('slower than the limit:');
  console.table(tooSlow);
  process.exitCode = 1;
}
