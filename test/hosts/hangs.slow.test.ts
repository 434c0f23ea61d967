import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { preamble } from '../../src/hosts/preamble.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { Shell, ShellOptions } from '../../src/model/host.ts';
import { inNode, openBeside, openNode, pidsWith } from './support.ts';

let open: Shell[] = [];

async function node(options: ShellOptions): Promise<Shell> {
  const shell = await openNode(options);
  open.push(shell);
  return shell;
}

afterEach(async () => {
  await Promise.all(open.map((shell) => shell.close()));
  open = [];
});

/** A number that no other process has among its arguments. */
let number = 7_000_000 + (process.pid % 100_000) * 10;
function seconds(): string {
  number += 1;
  return String(number);
}

async function failure(promise: Promise<unknown>): Promise<DiagnosticError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DiagnosticError) return error;
  throw new Error(`expected a DiagnosticError, got ${String(error)}`);
}

describe('a script that hangs', () => {
  test('is ended after the limit: a read is an error that names the command', async () => {
    const long = seconds();
    const shell = await node({ limitMs: 400 });
    const error = await failure(shell.read(`sleep ${long}`));
    expect(error.diagnostics[0]).toMatchObject({
      code: 'NLH010',
      summary: `sleep ${long} hangs on node n`,
      place: { node: 'n', command: `sleep ${long}` },
    });
    expect(pidsWith(long)).toEqual([]);
    expect(await shell.read('echo on')).toBe('on\n');
  });

  test.each([
    ['a child', (long: string) => `sleep ${long} & wait`],
    ['one that ignores SIGTERM', (long: string) => `trap '' TERM; sleep ${long}; sleep ${long}`],
    ['one in a session of its own', (long: string) => `setsid sleep ${long}; :`],
    ['one that is stopped', (long: string) => `sleep ${long} & sleep 0.2; kill -STOP $!; wait`],
    ['many', (long: string) => `for i in 1 2 3 4 5 6 7 8 9; do (sleep ${long}; :) & done; wait`],
    ['one whose output is closed', (long: string) => `exec >&- 2>&-; sleep ${long}`],
  ])('is ended with everything that it started: %s', async (_, script) => {
    const long = seconds();
    const shell = await node({ limitMs: 400 });
    const { hung } = await shell.job(script(long));
    expect(hung).toMatchObject({ why: 'idle', seconds: 0.4, stuck: [] });
    expect(hung?.processes.map(({ command }) => command)).toContain(`sleep ${long}`);
    expect(pidsWith(long)).toEqual([]);
  });

  test('does not hang while it writes, or uses the processor', async () => {
    const shell = await node({ limitMs: 1000 });
    const writes = shell.job('i=0; while [ $i -lt 15 ]; do echo $i; sleep 0.1; i=$((i+1)); done');
    const computes = shell.job('i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done; sleep 0.4; echo done');
    expect(await writes).toMatchObject({ code: 0 });
    expect(await computes).toEqual({ code: 0, output: 'done' });
  });

  test('is ended after ten times the limit although it computes for ever', async () => {
    const shell = await node({ limitMs: 500 });
    expect((await shell.job('while :; do :; done')).hung).toMatchObject({ why: 'endless', stuck: [] });
  });

  test('does not end the other jobs, and no daemon of an earlier one', async () => {
    const [daemon, long] = [seconds(), seconds()];
    const shell = await node({ limitMs: 500 });
    expect(await shell.job(`setsid sleep ${daemon} >/dev/null 2>&1 &`)).toMatchObject({ code: 0 });
    const other = shell.job('i=0; while [ $i -lt 12 ]; do echo $i; sleep 0.1; i=$((i+1)); done; exit 3');
    expect((await shell.job(`sleep ${long}`)).hung?.why).toBe('idle');
    expect(await other).toMatchObject({ code: 3 });
    const left = pidsWith(daemon);
    expect(left).toHaveLength(1);
    for (const pid of left) process.kill(pid);
  });
});

describe('an abort', () => {
  test('ends what runs within a second, and lets nothing begin', async () => {
    const [first, second] = [seconds(), seconds()];
    const stop = new AbortController();
    const shell = await node({ signal: stop.signal });
    const job = shell.job(`sleep ${first}`);
    const late = failureOf(shell.read(`sleep ${second}`));
    await vi.waitFor(() => {
      expect(pidsWith(first)).toHaveLength(1);
    });
    const begin = performance.now();
    stop.abort(new Error('stopped'));
    expect((await job).hung).toMatchObject({ why: 'asked', stuck: [] });
    expect(await late).toBe('stopped');
    expect(await failureOf(shell.job('true'))).toBe('stopped');
    expect(performance.now() - begin).toBeLessThan(3000);
    expect([...pidsWith(first), ...pidsWith(second)]).toEqual([]);
  });

  test('lets a job finish that is about to', async () => {
    const [stop, mark] = [new AbortController(), seconds()];
    const shell = await node({ signal: stop.signal });
    const job = shell.job(`sh -c 'sleep 0.1; :' ${mark}; echo done`);
    await vi.waitFor(() => {
      expect(pidsWith(mark)).toHaveLength(1);
    });
    stop.abort(new Error('stopped'));
    expect(await job).toEqual({ code: 0, output: 'done' });
  });
});

describe('a client that has vanished', () => {
  test('is given up after the time that it named, and the lock is released', async () => {
    const node = spawn('unshare', ['-r', '-n', '-m', 'sh', '-c', 'mount -t tmpfs none /run && exec sh'], {
      stdio: 'pipe',
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      node[name].on('data', (chunk: Buffer) => {
        output[name] += chunk.toString();
      });
    }
    const said = (text: string): Promise<void> =>
      vi.waitFor(() => {
        expect(output.stdout).toContain(text);
      }, 10_000);
    const ended = new Promise((settle) => node.once('exit', settle));
    node.stdin.write(preamble('nonce'));
    await said('@nonce hello');
    const long = seconds();
    node.stdin.write('lock 1 0 1 0\n');
    await said('@nonce lock 1 0');
    node.stdin.write(`job 2 60 ${String(long.length + 11)}\nexec sleep ${long}`);
    // Nothing more is sent, and stdin stays open.
    await ended;
    expect(output.stdout).toContain('@nonce hung 2 0');
    expect(output.stderr).toContain('netloom has not been heard of for 1 s; the lock is released');
    expect(pidsWith(long)).toEqual([]);
  });

  test('is not given up after a sleep of the node, in which it could not be heard', async () => {
    const node = spawn('unshare', ['-r', '-n', '-m', 'sh', '-c', 'mount -t tmpfs none /run && exec sh'], {
      stdio: 'pipe',
    });
    let output = '';
    node.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const said = (text: string): Promise<void> =>
      vi.waitFor(() => {
        expect(output).toContain(text);
      }, 10_000);
    const ended = new Promise((settle) => node.once('exit', settle));
    node.stdin.write(preamble('nonce'));
    await said('@nonce hello');
    node.stdin.write('lock 1 0 3 0\n');
    await said('@nonce lock 1 0');
    node.stdin.write('job 2 3 25\nsleep 1; echo all; exit 7');
    await sleep(200);
    node.kill('SIGSTOP');
    await sleep(5000);
    node.kill('SIGCONT');
    await sleep(300);
    node.stdin.write('beat 0\n');
    await said('@nonce alive');
    await said('@nonce job 2 7 3\nall');
    node.stdin.end();
    await ended;
  });

  test('keeps the lock while it is alive and has nothing to do', async () => {
    const shell = await node({ silenceMs: 600 });
    const other = await openBeside(shell);
    open.push(other);
    expect(await shell.lock()).toEqual({ state: 'taken' });
    expect(await other.lock({ waitMs: 1500 })).toMatchObject({ state: 'busy' });
  });

  test('whose supervisor is killed leaves the lock to its job, until that ends', async () => {
    const long = seconds();
    const shell = await openNode();
    const other = await openBeside(shell);
    open.push(other);
    await shell.lock();
    const job = failure(shell.job(`sleep ${long}`));
    await vi.waitFor(() => {
      expect(pidsWith(long)).toHaveLength(1);
    });
    inNode(other, `kill -KILL ${String(shell.pid)}`);
    expect((await job).diagnostics[0]?.code).toBe('NLH005');
    expect(await other.lock()).toMatchObject({ state: 'busy' });
    for (const pid of pidsWith(long)) process.kill(pid);
    expect(await other.lock({ waitMs: 10_000 })).toEqual({ state: 'taken' });
  });
});

test('a node of which nothing is heard is given up', async () => {
  const shell = await openNode({ silenceMs: 600 });
  const error = failure(shell.read('sleep 60'));
  process.kill(shell.pid, 'SIGSTOP');
  expect((await error).diagnostics[0]).toMatchObject({ code: 'NLH012', place: { node: 'n' } });
});

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
