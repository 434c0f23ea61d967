import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN, netloom, netloomOk, startNetloom, type Ran } from './support/cli.ts';
import { expectSame } from './support/expectations.ts';
import { changesOf } from './support/network.ts';
import { snapshots } from './support/snapshot.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';

const NODE = 'controller';

/** A line of `apply --json`. */
interface Line {
  readonly type: string;
  readonly ok?: boolean;
  readonly addresses?: readonly string[];
  readonly rollback?: { readonly complete: boolean; readonly lost: readonly string[] };
  readonly diagnostics?: readonly { readonly code: string; readonly summary: string; readonly hint: string }[];
}

function linesOf(stdout: string): readonly Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

function endOf(stdout: string): Line {
  return linesOf(stdout).findLast(({ type }) => type === 'end') ?? { type: 'none' };
}

function codesIn({ diagnostics = [] }: Line): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))];
}

ownLabs();
const network = labOf(() => example('e2e-rollback'), { trials: false });
let folder = '';
let file = '';
let bare: Record<string, string> = {};

const APPLY = ['apply', '--lab', '--yes', '--json', '--lock-timeout', '20s'];

/** Replaces a program of the node by a shell script while `work` runs. In it `real` runs the program itself. */
async function instead(program: string, script: string, work: () => Promise<void>): Promise<void> {
  const fake = `/run/e2e-${program}`;
  const place = (await network().in(NODE, `readlink -f "$(command -v ${program})"`)).trim();
  const text = `#!/bin/sh\nreal() { exec perl -e 'exec { shift } @ARGV' ${fake}-real ${program} "$@"; }\n${script}\n`;
  await network().in(
    NODE,
    `cp ${place} ${fake}-real; printf '%s' '${text.replaceAll("'", `'\\''`)}' >${fake}; chmod 755 ${fake}
     mount --bind ${fake} ${place}`,
  );
  try {
    await work();
  } finally {
    await network().in(NODE, `umount -l ${place}; rm -f ${fake}*`);
  }
}

/** Expects that every node has what it had before the first apply. */
async function asBefore(): Promise<void> {
  expectSame(bare, await snapshots(network()));
}

async function converges(): Promise<void> {
  await netloomOk(...APPLY, file);
  expect(changesOf(await network().plan())).toEqual([]);
  await netloomOk('destroy', '--lab', '--yes', file);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'netloom-rollback-'));
  file = path.join(folder, 'topology.yaml');
  writeFileSync(file, textOf(network().doc));
  await converges();
  bare = await snapshots(network());
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a first apply that fails leaves the nodes as they were', () => {
  it.each([
    ['a command fails', 'dnsmasq', 'echo no luck >&2; exit 3', 'NLA01', /no luck/],
    ['a command hangs', 'dnsmasq', 'sleep 600', 'NLA06', /sleep 600/],
    [
      'a read after the changes is cut off',
      'ip',
      `case "$*" in
       *-j*) if [ -n "$(ls /run/netns)" ] && ! [ -e /run/e2e-ip-cut ]; then
               : >/run/e2e-ip-cut; echo '[{"ifname":'; exit; fi ;;
       esac
       real "$@"`,
      'NLO02',
      /./,
    ],
    [
      'a program that reads fails after the changes',
      'ip',
      `case "$*" in
       *-j*) if [ -n "$(ls /run/netns)" ] && ! [ -e /run/e2e-ip-cut ]; then
               : >/run/e2e-ip-cut; exit 1; fi ;;
       esac
       real "$@"`,
      'NLO01',
      /./,
    ],
  ])('%s', async (_, program, script, code, text) => {
    await instead(program, script, async () => {
      const { code: exit, stdout } = await netloom(...APPLY, '--timeout', '2s', file);
      const end = endOf(stdout);
      expect({ exit, codes: codesIn(end), rollback: end.rollback }).toMatchObject({
        exit: 1,
        codes: [code],
        rollback: { complete: true, lost: [] },
      });
      expect(JSON.stringify(end.diagnostics)).toMatch(text);
    });
    await asBefore();
  });

  it('the disk of /run/netloom is full', async () => {
    await network().in(NODE, 'mkdir -p /run/netloom; mount -t tmpfs -o size=4k tmpfs /run/netloom');
    try {
      const end = endOf((await netloom(...APPLY, file)).stdout);
      expect({ codes: codesIn(end), rollback: end.rollback }).toMatchObject({
        codes: ['NLA10'],
        rollback: { complete: true },
      });
    } finally {
      await network().in(NODE, 'umount /run/netloom; rmdir /run/netloom');
    }
    await asBefore();
  });
});

it('if the nodes cannot be read any more, nothing is claimed; the next apply converges', async () => {
  const broken = `case "$*" in *-j*) if [ -n "$(ls /run/netns)" ]; then echo '['; exit; fi ;; esac
    real "$@"`;
  await instead('ip', broken, async () => {
    const end = endOf((await netloom(...APPLY, file)).stdout);
    expect(codesIn(end)).toEqual(['NLO02', 'NLA12']);
    expect(end.rollback).toMatchObject({ complete: false, differs: null });
  });
  await converges();
  await asBefore();
});

it('a node whose shell is killed is named, the others are as before, and the next apply converges', async () => {
  await instead('dnsmasq', `kill -9 "$(awk '{ print $4 }' "/proc/$PPID/stat")"; sleep 1`, async () => {
    const end = endOf((await netloom(...APPLY, file)).stdout);
    expect(codesIn(end)).toContain('NLA14');
    expect(end.rollback).toMatchObject({ complete: false, lost: [NODE], differs: [] });
  });
  const others = Object.fromEntries(Object.entries(await snapshots(network())).filter(([node]) => node !== NODE));
  expectSame(Object.fromEntries(Object.entries(bare).filter(([node]) => node !== NODE)), others);
  await converges();
  await asBefore();
});

/** Calls `act` once a program that applies, and prints JSON lines, runs a batch that takes a while. */
async function during(start: () => Started, act: (child: Started['child']) => void): Promise<Ran> {
  let ran: Ran | undefined;
  await instead('dnsmasq', 'sleep 0.7; real "$@"', async () => {
    const { child, ended } = start();
    let acted = false;
    child.stdout?.on('data', (chunk: Buffer) => {
      if (acted || !/"batch-start".*\/process\//.test(chunk.toString())) return;
      acted = true;
      act(child);
    });
    ran = await ended;
    expect(acted).toBe(true);
  });
  if (ran === undefined) throw new Error('the program did not end');
  return ran;
}

type Started = Pick<ReturnType<typeof startNetloom>, 'child'> & { readonly ended: Promise<Ran> };
const applying = (): Started => startNetloom([...APPLY, file]);

describe('a signal during an apply', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s lets the running commands end, and rolls back', async (signal, exit) => {
    const { code, stdout, stderr } = await during(applying, (child) => child.kill(signal));
    expect(code).toBe(exit);
    const types = linesOf(stdout).map(({ type }) => type);
    expect(types).not.toContain('batch-failed');
    expect(endOf(stdout)).toMatchObject({ ok: false, rollback: { complete: true }, diagnostics: [] });
    expect(stderr.split('\n').filter((line) => line !== '')).toEqual([
      `netloom: ${signal}: the commands that run end first; a second signal stops at once`,
      `netloom: stopped by ${signal}`,
    ]);
    await asBefore();
  });

  it('a second one stops at once, without an error for each batch; the next apply converges', async () => {
    const begin = performance.now();
    const { code, stdout, stderr } = await during(applying, (child) => {
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGTERM'), 100);
    });
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(code).toBe(143);
    expect(linesOf(stdout).map(({ type }) => type)).not.toContain('batch-failed');
    expect(stderr.split('\n').filter((line) => line !== '')).toEqual([
      'netloom: SIGINT: the commands that run end first; a second signal stops at once',
      'netloom: stopped by SIGTERM; what was done is kept, and the next apply continues from there',
    ]);
    await converges();
    await asBefore();
  });

  it('SIGHUP ends nothing half-way', async () => {
    const { code, stdout } = await during(applying, (child) => child.kill('SIGHUP'));
    expect(code).toBe(129);
    expect(endOf(stdout)).toMatchObject({ ok: true });
    expect(changesOf(await network().plan())).toEqual([]);
    await netloomOk('destroy', '--lab', '--yes', file);
  });

  it('nor does a broken pipe', async () => {
    const { code } = await during(applying, (child) => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    expect(code).toBe(0);
    expect(changesOf(await network().plan())).toEqual([]);
    await netloomOk('destroy', '--lab', '--yes', file);
  });

  it('nor does the end of its terminal', async () => {
    const line = [process.execPath, MAIN, ...APPLY, file].join(' ');
    const inTerminal = (): Started => {
      const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['ignore', 'pipe', 'ignore'] });
      const ended = once(child, 'close').then(() => ({ code: null, signal: null, stdout: '', stderr: '' }));
      return { child, ended };
    };
    await during(inTerminal, (child) => child.kill('SIGKILL'));
    await until(
      () => network().plan(),
      (result) => changesOf(result).length === 0,
    );
    await netloomOk('destroy', '--lab', '--yes', file);
  });

  const watching = (): Started => startNetloom(['watch', '--lab', '--yes', '--json', file]);

  it('ends a watch as well: after Ctrl-C what its run did is rolled back', async () => {
    const { code, stdout } = await during(watching, (child) => child.kill('SIGINT'));
    expect({ code, end: endOf(stdout) }).toMatchObject({ code: 0, end: { ok: false, rollback: { complete: true } } });
    await asBefore();
  });

  it('SIGTERM lets the running batches of a watch end, and leaves what was done; the next start goes on', async () => {
    const { code, stdout, stderr } = await during(watching, (child) => child.kill('SIGTERM'));
    const end = endOf(stdout);
    expect({ code, end }).toMatchObject({ code: 0, end: { ok: false, diagnostics: [] } });
    expect(end).not.toHaveProperty('rollback');
    const types = linesOf(stdout).map(({ type }) => type);
    expect(types.filter((type) => /batch-failed|rollback|backing-off/.test(type))).toEqual([]);
    expect(types).toContain('batch-done');
    expect(stderr.trim()).toBe('netloom: SIGTERM: the commands that run end first, within 10 s; what was done is left');
    expect(changesOf(await network().plan()).length).toBeGreaterThan(0);
    await converges();
    await asBefore();
  });

  it('a batch that does not end within 10 s after it is ended; the next apply converges', async () => {
    await instead('dnsmasq', ': >/run/e2e-began; sleep 60', async () => {
      const { child, ended } = watching();
      await until(
        () => network().try(NODE, 'rm /run/e2e-began'),
        ({ code }) => code === 0,
      );
      const asked = performance.now();
      child.kill('SIGTERM');
      const { stdout } = await ended;
      const took = performance.now() - asked;
      expect([took > 9500, took < 14_000]).toEqual([true, true]);
      expect(linesOf(stdout).filter(({ type }) => /rollback|batch-failed/.test(type))).toEqual([]);
    });
    await converges();
    await asBefore();
  });
});
