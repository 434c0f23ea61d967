import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../run.mjs';

/** Where Neutron is unpacked. Nothing of it is installed in the system. */
const CACHE = join(root, 'node_modules/.cache/netloom-bench');
const MODULES = join(CACHE, 'neutron/usr/lib/python3/dist-packages');
/** The Python that Debian's packages are for. */
const PYTHON = '/usr/bin/python3';

/**
 * Runs a program that must end with 0, and returns its output.
 * @param {string} program @param {readonly string[]} args @param {{cwd?: string, env?: NodeJS.ProcessEnv,
 * input?: string}} [options]
 */
function output(program, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (status !== 0) {
    const why = error?.message ?? (stderr.trim().split('\n').slice(-3).join('\n') || `exit code ${status}`);
    throw new Error(`${program} ${args[0]}: ${why}`);
  }
  return stdout;
}

/** Unpacks Debian's python3-neutron, with what it needs and this system lacks, into a folder of the clone. */
export function unpackNeutron() {
  if (process.getuid?.() !== 0) throw new Error('--peers needs root: Neutron creates namespaces in /run/netns');
  if (!existsSync(PYTHON)) throw new Error(`--peers needs Debian's ${PYTHON}: sudo apt-get install python3`);
  if (existsSync(MODULES)) return;
  const archives = join(CACHE, 'archives');
  mkdirSync(archives, { recursive: true });
  const steps = output('apt-get', ['install', '--simulate', '--no-install-recommends', 'python3-neutron']);
  const packages = [...steps.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  output('apt-get', ['download', ...packages], { cwd: archives });
  // It gets its name when it is complete.
  const unfinished = join(CACHE, 'unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  for (const name of readdirSync(archives)) output('dpkg', ['-x', join(archives, name), unfinished]);
  output('mv', ['-T', unfinished, join(CACHE, 'neutron')]);
  rmSync(archives, { recursive: true });
}

/**
 * Runs Neutron's L3 agent on routers, in a network, mount and PID namespace of its own.
 * @param {readonly unknown[]} routers as neutron-server sends them
 * @returns {{create: number, resync: number, delete: number}} milliseconds
 */
export function runNeutron(routers) {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-neutron-'));
  const setUp = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip link set lo up && exec "$@"';
  try {
    const script = new URL('./l3-agent.py', import.meta.url).pathname;
    const namespaces = [
      '--net',
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
    ];
    return JSON.parse(
      output('unshare', [...namespaces, 'sh', '-c', setUp, 'sh', PYTHON, script, folder], {
        env: { ...process.env, PYTHONPATH: MODULES },
        input: JSON.stringify(routers),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
