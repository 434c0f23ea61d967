/**
 * `npm run behaviour -- FOLDER [--only NAME,…]`: writes what netloom does with every topology of topologies/ to files below FOLDER: `graph` in both
 * formats, `plan --json` before and after an apply, `show --json`, the plan of `destroy` and what it leaves, and the scripts that are executed for
 * both plans. It is done in the embedded lab. Run it before and after a change that must not alter behaviour, and compare the two folders.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/paths.mjs';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const folder = resolve(positionals[0] ?? 'behaviour');
const { batchScript } = await import(join(ROOT, 'dist/apply/script.js'));

const MAC = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g;

/** The shell that scripts are written for: its pid stands in them, so it is always the same here. */
const RUNNER = { pid: 4242, rootless: false };

const names = readdirSync(join(ROOT, 'topologies'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length))
  .filter((name) => values.only === undefined || values.only.split(',').includes(name));
mkdirSync(folder, { recursive: true });
for (const name of names) record(name);

/** @param {string} name */
function record(name) {
  const file = `topologies/${name}.yaml`;
  /** @param {string} what @param {string} text */
  const write = (what, text) => writeFileSync(join(folder, `${name}.${what}`), text);
  /** @param {string} what @param {unknown} value */
  const writeJson = (what, value) => write(`${what}.json`, `${JSON.stringify(value, null, 2)}\n`);
  write('mermaid', netloom('graph', file));
  write('dot', netloom('graph', '--format', 'dot', file));
  netloom('lab', 'up', file);
  try {
    const text = netloom('plan', '--lab', '--json', file);
    const first = JSON.parse(text);
    writeJson('plan', first);
    write('apply.sh', scriptsOf(first).join('\n'));
    netloom('apply', '--lab', '--yes', file);
    const stable = stabiliser(text);
    writeJson('replan', stable(JSON.parse(netloom('plan', '--lab', '--json', file))));
    writeJson('show', stable(JSON.parse(netloom('show', '--lab', '--json', file))));
    const lines = netloom('destroy', '--lab', '--yes', '--json', file)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const plan = lines.find(({ type }) => type === 'plan');
    writeJson('destroy', stable([plan, lines.find(({ type }) => type === 'left')]));
    // Lines are sorted when no pid is in them any more.
    const scripts = stable(scriptsOf(plan)).map((/** @type {string} */ script) => script.split('\n').sort().join('\n'));
    write('destroy.sh', stable(scripts).join('\n'));
  } finally {
    netloom('lab', 'down', file);
  }
  process.stdout.write(`${name}\n`);
}

/**
 * Takes from a value what differs from run to run by its nature: pids, MACs that the kernel drew, and the order in which the kernel lists what it made.
 * @param {string} planned the text of the first plan; a MAC that stands in it was not drawn
 */
function stabiliser(planned) {
  const known = new Set(planned.match(MAC));
  /** @param {any} value @returns {any} */
  const stable = (value) => {
    if (typeof value === 'string') {
      return value
        .replace(MAC, (mac) => (known.has(mac) ? mac : 'MAC'))
        .replace(/\/proc\/\d+\/|(?:kill -|signal_process )(?:TERM|HUP|KILL) \d+/g, (words) =>
          words.replace(/\d+/, 'PID'),
        );
    }
    if (Array.isArray(value)) {
      const sorted = value.map(stable).map((each) => /** @type {const} */ ([JSON.stringify(each), each]));
      return sorted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'pid' ? 0 : stable(each)]));
  };
  return stable;
}

/** The script of every batch of a plan. @param {{ batches: any[] }} plan */
function scriptsOf({ batches }) {
  return batches.map((batch) => `# batch ${batch.id} on ${batch.node}\n${batchScript(batch, RUNNER).text}\n`);
}

/** Runs netloom, which must end well; what it wrote. @param {string[]} args */
function netloom(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/main.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`netloom ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
