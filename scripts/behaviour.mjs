/**
 * `npm run behaviour -- FOLDER [--only NAME,…]`: writes what netloom does with every topology of topologies/ to files
 * below FOLDER: `graph` in both formats, `plan --json` before and after an apply, `show --json`, the plan of an edited
 * file (one instance less, another MTU of a NIC), the plan of `destroy` and what it leaves, and the scripts that are
 * executed for these plans. It runs in the embedded lab. Run it before and after a change that must not change
 * behaviour, and compare the two folders.
 *
 * Orders are compared too: of batches, of their steps, of what they wait for and of changes. Some orders are not, for
 * they are the kernel's and differ from run to run: that of objects and devices in `show`, and that of links of one
 * kind, or of namespaces, that a batch deletes one right after the other; and that of a DHCP server's bindings is that
 * of its leases.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { ROOT } from './lib/paths.mjs';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const folder = resolve(positionals[0] ?? 'behaviour');
const { batchScript } = await import(join(ROOT, 'dist/apply/script.js'));

const MAC = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g;

/**
 * Lists that the kernel or a daemon puts in order: `bindings` are as dnsmasq has its leases. In `show` there are more
 * of them than in a plan.
 */
const IN_PLANS = new Set(['bindings']);
const IN_SHOW = new Set([...IN_PLANS, 'objects', 'bridges', 'ports', 'namespaces', 'devices']);

/** The shell that scripts are written for. */
const RUNNER = { rootless: false };

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
    writeJson('show', stable(JSON.parse(netloom('show', '--lab', '--json', file)), IN_SHOW));
    const update = withDeletionsSorted(JSON.parse(planOfEdited(file)));
    writeJson('update', stable(update));
    write('update.sh', stable(scriptsOf(update).join('\n')));
    const lines = netloom('destroy', '--lab', '--yes', '--json', file)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const plan = withDeletionsSorted(lines.find(({ type }) => type === 'plan'));
    writeJson('destroy', stable([plan, lines.find(({ type }) => type === 'left')]));
    write('destroy.sh', stable(scriptsOf(plan).join('\n')));
  } finally {
    netloom('lab', 'down', file);
  }
  process.stdout.write(`${name}\n`);
}

/**
 * Takes from a value what differs from run to run by its nature: times, pids, MACs that the kernel drew, and the order
 * of objects and devices in `show`, which is the kernel's.
 * @param {string} planned the text of the first plan; a MAC in it was not chosen by the kernel
 */
function stabiliser(planned) {
  const known = new Set(planned.match(MAC));
  /** @param {any} value @param {ReadonlySet<string>} [lists] those that are sorted @returns {any} */
  const stable = (value, lists = IN_PLANS) => {
    if (typeof value === 'string') {
      return value
        .replace(MAC, (mac) => (known.has(mac) ? mac : 'MAC'))
        .replace(/\/proc\/\d+\/|(?:kill -|signal_process )(?:TERM|HUP|KILL) \d+|set -- \d+/g, (words) =>
          words.replace(/\d+/, 'PID'),
        );
    }
    if (Array.isArray(value)) return value.map((each) => stable(each, lists));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => {
        if (key === 'time') return [];
        if (key === 'pid') return [[key, 0]];
        return [[key, lists.has(key) ? sortedByText(stable(each, lists)) : stable(each, lists)]];
      }),
    );
  };
  return stable;
}

/** @param {any} list what is no list stays as it is */
function sortedByText(list) {
  return Array.isArray(list) ? [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : list;
}

/**
 * A plan where links of one kind, and namespaces, that are deleted one right after the other are in the order of their
 * names. It has them in the order in which the kernel lists them: links of Open vSwitch's hybrid ports get another
 * ifindex each time. All other steps stay where they are.
 * @param {{ batches: any[] }} plan
 */
function withDeletionsSorted(plan) {
  /** @param {any} step */
  const deleted = ({ address, command: { tool, words = [] } }) =>
    tool === 'netns-del' || (tool === 'ip' && words[0] === 'link' && words[1] === 'del')
      ? address.split('/')[2]
      : undefined;
  const batches = plan.batches.map((batch) => {
    /** @type {any[][]} */
    const runs = [];
    for (const step of batch.steps) {
      const last = runs.at(-1);
      if (last !== undefined && deleted(step) !== undefined && deleted(step) === deleted(last[0])) last.push(step);
      else runs.push([step]);
    }
    return { ...batch, steps: runs.flatMap(sortedByText) };
  });
  return { ...plan, batches };
}

/**
 * Returns the plan for an applied file without its last instance and with another MTU of a NIC.
 * @param {string} file
 */
function planOfEdited(file) {
  const own = mkdtempSync(join(tmpdir(), 'netloom-behaviour-'));
  try {
    const path = join(own, 'edited.yaml');
    writeFileSync(path, stringify(edited(parse(readFileSync(join(ROOT, file), 'utf8')))));
    return netloom('plan', '--lab', '--json', path).replaceAll(path, file);
  } finally {
    rmSync(own, { recursive: true });
  }
}

/**
 * A topology without its last instance and what leads to that, and with another MTU of the first node's first NIC.
 * @param {any} topology
 */
function edited({ expect: _, ...topology }) {
  const instances = Object.entries(topology.instances ?? {});
  const [gone] = instances.at(-1) ?? [];
  /** @param {any} target */
  const stays = (target) => target.instance === undefined || target.instance !== gone;
  const floatingIps = /** @type {[string, any][]} */ (Object.entries(topology.floating_ips ?? {}))
    .filter(([, floating]) => stays(floating))
    .map(
      ([name, { port_forwardings: all, ...floating }]) =>
        /** @type {const} */ ([
          name,
          all === undefined ? floating : { ...floating, port_forwardings: all.filter(stays) },
        ]),
    )
    .filter(([, floating]) => floating.port_forwardings?.length !== 0);
  const [[node, { nics, ...spec }], ...nodes] = /** @type {[[string, any]]} */ (Object.entries(topology.nodes));
  const [[device, nic], ...others] = /** @type {[[string, any]]} */ (Object.entries(nics));
  return {
    ...topology,
    nodes: Object.fromEntries([
      [node, { ...spec, nics: Object.fromEntries([[device, { ...nic, mtu: 1600 }], ...others]) }],
      ...nodes,
    ]),
    instances: Object.fromEntries(instances.slice(0, -1)),
    floating_ips: Object.fromEntries(floatingIps),
  };
}

/** The script of every batch of a plan. @param {{ batches: any[] }} plan */
function scriptsOf({ batches }) {
  return batches.map((batch) => `# batch ${batch.id} on ${batch.node}\n${batchScript(batch, RUNNER).text}\n`);
}

/** Runs netloom, which must end well; what it wrote. @param {string[]} args */
function netloom(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/main.cjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`netloom ${args.join(' ')} exited with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
