import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_BLOCKS, commandsOf } from '../docs/commands.ts';
import { filesOfMachine, networkOfMachine } from './support/machine.ts';
import { until } from './support/suite.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = 'topologies/linuxbridge-flat.yaml';
const UID = 23456;

/** The users that run the demo: the tests’ own, and for root an ordinary user too. */
const PEOPLE =
  process.geteuid?.() === 0
    ? [
        { who: 'root', uid: 0, become: [] },
        {
          who: 'an ordinary user',
          uid: UID,
          become: ['setpriv', `--reuid=${UID}`, `--regid=${UID}`, '--clear-groups', '--'],
        },
      ]
    : [{ who: 'an ordinary user', uid: process.geteuid?.() ?? 0, become: [] }];

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A clone made by git, with a home and a temporary folder. node_modules is copied, so no test needs the network. */
class Clone {
  readonly base: string;
  readonly folder: string;
  /** A value in the environment of all processes started here, and of their children. */
  readonly mark: string;
  readonly #become: readonly string[];
  readonly #uid: number;

  constructor(uid: number, become: readonly string[]) {
    this.base = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-demo-'));
    this.folder = path.join(this.base, 'netloom');
    this.mark = `NETLOOM_DEMO_TEST=${this.base}`;
    this.#become = become;
    this.#uid = uid;
    chmodSync(this.base, 0o755);
    const made = ['.git', 'dist', 'node_modules', 'coverage'].map((name) => path.join(ROOT, name));
    cpSync(ROOT, this.folder, { recursive: true, filter: (source) => !made.includes(path.resolve(source)) });
    execFileSync('cp', ['-a', '--reflink=auto', path.join(ROOT, 'node_modules'), this.folder]);
    rmSync(path.join(this.folder, 'node_modules/.bin/netloom'), { force: true });
    for (const name of ['home', 'tmp']) mkdirSync(path.join(this.base, name));
    execFileSync('chown', ['-R', `${String(uid)}:${String(uid)}`, this.base]);
  }

  start(argv: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
    const [program = '', ...args] = [...this.#become, ...argv];
    // An ordinary user's PATH has no sbin folders.
    const folders = [path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
    const child = spawn(program, args, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: {
        PATH: folders.join(':'),
        HOME: path.join(this.base, 'home'),
        TMPDIR: path.join(this.base, 'tmp'),
        NETLOOM_DEMO_TEST: this.base,
      },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<Ran>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, output });
      });
    });
    return { child, ended };
  }

  async run(...argv: string[]): Promise<string> {
    const { code, output } = await this.start(argv).ended;
    expect(code, output).toBe(0);
    // A user who tries the demo must never see a stack trace.
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    return output;
  }

  /** Returns the running processes that were started here, directly or not. */
  processes(): string[] {
    const found: string[] = [];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(this.mark)) continue;
        found.push(`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')}`);
      } catch {
        // It has ended, or belongs to another user.
      }
    }
    return found;
  }

  /** Returns what is left after a lab is down: an empty folder that the labs of this user share. */
  async expectNothingLeft(network: Record<string, string>): Promise<void> {
    await until(
      () => Promise.resolve(this.processes()),
      (left) => left.length === 0,
    );
    expect(networkOfMachine()).toEqual(network);
    const left = readdirSync(path.join(this.base, 'tmp'), { recursive: true });
    expect(left.filter((name) => name !== `netloom-${String(this.#uid)}`)).toEqual([]);
  }

  remove(): void {
    spawnSync(
      process.execPath,
      [path.join(this.folder, 'dist/main.cjs'), 'lab', 'down', path.join(this.folder, FILE)],
      {
        env: { ...process.env, TMPDIR: path.join(this.base, 'tmp') },
      },
    );
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Returns the running services of packages that netloom installs, if there is a systemd. */
function servicesOfOurs(): string[] {
  if (!existsSync('/run/systemd/system')) return [];
  const list = ['list-units', '--type=service', '--state=active', '--no-legend', '--plain'];
  const { stdout } = spawnSync('systemctl', list, { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.split(' ', 1)[0] ?? '')
    .filter((unit) => /dnsmasq|dhc|conntrack|nftables|iptables|netfilter/.test(unit));
}

/** Returns the commands that README shows for the demo: those of its first block with output. */
function commandsOfReadme(): readonly string[] {
  const block = COMMAND_BLOCKS.find(({ page, language }) => page === 'README.md' && language === 'console')!;
  return commandsOf(block).map(({ command }) => command);
}

describe.each(PEOPLE)('npm run demo of $who', ({ uid, become }) => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone(uid, become);
  });
  afterAll(() => {
    clone.remove();
  });

  it('leaves the host unchanged: files, network, mounts, processes, services', async () => {
    const before = { files: filesOfMachine(), network: networkOfMachine(), services: servicesOfOurs() };

    const first = await clone.run('npm', 'run', 'demo');
    expect(first).toContain('8 of 8 as expected.');
    expect(first).toContain('The network is up');
    expect(first).toContain(`npx netloom lab down ${FILE}`);
    expect(first).not.toContain('Installing');
    for (const command of commandsOfReadme()) expect(first).toContain(`$ ${command}`);
    expect(first.split('\n').length).toBeLessThan(140);
    // The test must see the lab while it is up; otherwise finding nothing afterwards would prove nothing.
    expect(clone.processes().join('\n')).toContain('dnsmasq');
    expect(networkOfMachine(), 'of the machine itself, while the lab is up').toEqual(before.network);

    const second = await clone.run('npm', 'run', 'demo');
    expect(second).toContain('No changes.');
    expect(second).not.toContain('Apply complete');
    expect(second).not.toContain('Building');

    const inside = await clone.run('npx', 'netloom', 'lab', 'exec', FILE, 'controller', '--', 'ip', 'netns');
    expect(inside).toContain('qrouter-7a51a575-00f1-4709-badc-3d2866084c84');
    await clone.run('npx', 'netloom', 'lab', 'down', FILE);
    await clone.expectNothingLeft(before.network);
    expect(filesOfMachine()).toEqual(before.files);
    expect(servicesOfOurs()).toEqual(before.services);
  });

  it('can be killed at any moment: lab down deletes everything', async () => {
    const network = networkOfMachine();
    const demo = [process.execPath, 'scripts/demo.mjs'];
    const lasts = await duration(() => clone.run(...demo));
    await clone.run('npx', 'netloom', 'lab', 'down', FILE);

    const moments = 10;
    for (let moment = 0; moment < moments; moment += 1) {
      const { child, ended } = clone.start(demo);
      await sleep(((moment + 0.5) / moments) * lasts);
      // As a terminal does, as `kill -9` does, and as the kernel does when memory runs out.
      const [signal, who] = (
        [
          ['SIGINT', -1],
          ['SIGKILL', -1],
          ['SIGKILL', 1],
        ] as const
      )[moment % 3] ?? ['SIGINT', -1];
      try {
        process.kill(who * (child.pid ?? 0), signal);
      } catch {
        // The demo ended before it was killed.
      }
      await Promise.race([ended, sleep(20_000)]);
      await clone.run('npx', 'netloom', 'lab', 'down', FILE);
      await clone.expectNothingLeft(network);
    }
  });
});

async function duration(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
