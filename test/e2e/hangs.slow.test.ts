import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { labRun } from '../../src/lab/index.ts';
import { pidsWith } from '../hosts/support.ts';
import { netloom, startNetloom, type Ran } from './support/cli.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { example, textOf } from './support/topology.ts';

/** What netloom runs on a node that has Linux bridges, itself or through its scripts. */
const PROGRAMS = [
  ...['sh', 'perl', 'ip', 'nsenter', 'unshare', 'stat', 'base64', 'grep', 'awk', 'find', 'mkdir', 'chmod', 'mv', 'rm'],
  ...['iptables-save', 'ipset', 'nft', 'conntrack', 'sysctl', 'dnsmasq', 'haproxy', 'cat', 'rmdir', 'kill', 'sed'],
];
/** With these hanging, what was done is rolled back, which hangs too; with the others it is kept, to save time. */
const ROLLED_BACK: ReadonlySet<string> = new Set(['ip', 'mkdir', 'dnsmasq']);
const NODE = 'controller';
const LIMIT_S = 2;
/** What each program is replaced by: one that waits for ever. No other process has this argument. */
const MARK = String(7_000_000_000 + process.pid);

ownLabs();
const network = labOf(() => example('e2e-hangs'), { trials: false });
let folder = '';
let file = '';
/** How long an apply and a plan take if nothing hangs, in milliseconds. */
let usual = 0;
const tried: string[] = [];

/** Runs a program on the node without a shell, which may be what hangs. */
function onNode(...argv: readonly string[]): Promise<unknown> {
  return labRun(network().topology, NODE, argv, { timeoutMs: 20_000 });
}

/** Lets a program of the node hang while `work` runs. */
async function hanging(program: string, work: () => Promise<void>): Promise<void> {
  const interpreter = program === 'sh' ? `#!/usr/bin/perl\nexec 'sleep', '${MARK}'` : `#!/bin/sh\nexec sleep ${MARK}`;
  await network().in(NODE, `printf '%s\n' '${interpreter.replaceAll("'", `'\\''`)}' >/run/hangs; chmod 755 /run/hangs`);
  const place = (await network().in(NODE, `readlink -f "$(command -v ${program})"`)).trim();
  await onNode('mount', '--bind', '/run/hangs', place);
  try {
    await work();
  } finally {
    await onNode('umount', place);
  }
}

/** Runs a command, and checks that it ends in time and tells what hangs. */
async function ends(program: string, args: readonly string[]): Promise<void> {
  const begin = performance.now();
  const ran = await netloom(...args, '--timeout', `${String(LIMIT_S)}s`, '--lock-timeout', '0', file);
  // A batch that hangs is followed by a read, which may hang, too, and so may the read and the batch that roll back.
  expect(performance.now() - begin, `${program}: milliseconds`).toBeLessThan(6 * usual + 4 * (LIMIT_S + 2) * 1000);
  if (ran.code !== 0) tells(program, ran);
}

function tells(program: string, { stderr }: Ran): void {
  tried.push(program);
  expect(stderr, program).toMatch(/error\[(NLH010|NLA06|NLH003|NLH008|NLO01)\]/);
  expect(stderr, program).toContain(NODE);
}

async function nothingLeft(program: string): Promise<void> {
  await vi.waitFor(
    () => {
      expect(pidsWith(MARK), `${program}: processes left`).toEqual([]);
    },
    { timeout: 5000 },
  );
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'netloom-hangs-'));
  file = path.join(folder, 'topology.yaml');
  writeFileSync(file, textOf(network().doc));
  const begin = performance.now();
  expect((await netloom('apply', '--lab', '--yes', file)).code).toBe(0);
  usual = performance.now() - begin;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each(PROGRAMS)('%s hangs: every command ends, and the next apply works', async (program) => {
  if ((await network().try(NODE, `command -v ${program}`)).code !== 0) return;
  await netloom('destroy', '--lab', '--yes', file);
  await hanging(program, async () => {
    await ends(program, ['apply', '--lab', '--yes', ...(ROLLED_BACK.has(program) ? [] : ['--no-rollback'])]);
    await nothingLeft(program);
    const { child, ended } = startNetloom(['apply', '--lab', '--yes', file]);
    await sleep(usual);
    const begin = performance.now();
    // During an apply the first one waits for the commands that run; otherwise the second one kills.
    const running = child.exitCode === null && child.kill('SIGINT');
    await sleep(100);
    child.kill('SIGINT');
    const { code, signal } = await ended;
    if (running) expect(signal === null ? [0, 1, 130] : ['SIGINT'], program).toContain(signal ?? code);
    expect(performance.now() - begin, `${program}: milliseconds after SIGINT`).toBeLessThan(3000);
    await nothingLeft(program);
  });
  const after = await netloom('apply', '--lab', '--yes', '--lock-timeout', '20s', file);
  expect(after.code, `${program}: ${after.stderr}`).toBe(0);
});

it('most of them are needed, and hung', () => {
  expect(tried.length, tried.join(' ')).toBeGreaterThan(10);
});
