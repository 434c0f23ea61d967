import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { parse } from 'yaml';
import type { LabTopology } from '../../src/lab/index.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { namespaceOf, runningProcesses } from '../support/processes.ts';

export const isRoot = process.geteuid?.() === 0;

const unshareArgs = isRoot ? ['-n', '-m', '-p', '-f', 'true'] : ['-U', '-r', '-n', '-m', '-p', '-f', 'true'];

/**
 * Skips the tests of a file, with the reason, if no namespace can be created; gives the others their own temporary
 * folder.
 */
export function needsNamespaces(): void {
  const works = spawnSync('unshare', unshareArgs).status === 0;
  beforeEach((context) => {
    context.skip(!works, 'unshare cannot make namespaces here');
  });
  usesOwnTmp();
}

/** Points os.tmpdir() at a folder of this test file, so that no lab of the user is changed. */
export function usesOwnTmp(): void {
  const before = process.env['TMPDIR'];
  let own = '';
  beforeAll(() => {
    own = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-test-lab-'));
    process.env['TMPDIR'] = own;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(own, { recursive: true, force: true });
  });
}

/** The published example. */
export function example(): LabTopology {
  const file = new URL('../../topologies/linuxbridge-flat.yaml', import.meta.url);
  return { file: 'linuxbridge-flat.yaml', doc: parse(readFileSync(file, 'utf8')) as Topology };
}

/** The state of the host that a lab must not change. */
export function traces(): unknown {
  const list = (dir: string): string[] => readdirSync(dir).sort();
  return {
    mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
    links: execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' }),
    namespaces: readlinkSync('/proc/self/ns/net'),
    hostname: execFileSync('hostname', { encoding: 'utf8' }),
    resolv: readFileSync('/etc/resolv.conf', 'utf8'),
    run: list('/run'),
    etc: list('/etc'),
    varLib: list('/var/lib'),
  };
}

/** The PID namespace of a lab: it identifies the lab's processes, also after the lab is down. */
export function pidNamespaceOf(stateDir: string): string {
  return readlinkSync(`/proc/${readFileSync(path.join(stateDir, 'pid'), 'utf8').trim()}/ns/pid`);
}

/** Processes of this host that run in a PID namespace. */
export function processesIn(namespace: string): string[] {
  return runningProcesses().filter((pid) => namespaceOf(pid, 'pid') === namespace);
}

/** Reads a value until a condition holds; fails with the last value. Returns how long it took, in milliseconds. */
export async function until<T>(limitMs: number, look: () => Promise<T>, holds: (seen: T) => boolean): Promise<number> {
  const begin = Date.now();
  for (;;) {
    const seen = await look();
    if (holds(seen)) return Date.now() - begin;
    if (Date.now() - begin > limitMs) throw new Error(`not within ${String(limitMs)} ms: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
