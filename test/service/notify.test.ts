import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionEvent, UntimedEvent } from '../../src/model/event.ts';
import { createMessages } from '../../src/service/notify/messages.ts';
import { startNotifier, type Notifier, type NotifierOptions } from '../../src/service/notify/notifier.ts';

/** Receives as systemd does: prints `ready`, then each datagram as a line, with `|` for a line end. */
const RECEIVER = String.raw`
use strict; use warnings; use Socket;
my ($name) = @ARGV;
$name =~ s/^@/\0/;
socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die $!;
bind($socket, pack_sockaddr_un($name)) or die $!;
$| = 1;
print "ready\n";
while (defined recv($socket, my $message, 65536, 0)) { $message =~ tr/\n/|/; print "$message\n" }
`;

const file = 't.yaml';
const at = (event: UntimedEvent): SessionEvent => ({ ...event, time: 1_800_000_000_123 });
const RUN = at({ type: 'run', number: 1, file });
const OK = at({ type: 'done', number: 1, ok: true, file });
const FAILED = at({ type: 'done', number: 1, ok: false, file });

const SETTLED = 'STATUS=The network is as the file says since 2027-01-15T08:00:00Z';

describe('messages', () => {
  test('READY=1 comes after the first run that succeeded, and once', () => {
    const messages = createMessages();
    expect([RUN, FAILED, RUN, OK, RUN, OK].map((event) => messages.of(event)?.[0])).toEqual([
      'STATUS=Run 1: reading the file and the nodes',
      'STATUS=Run 1 failed at 2027-01-15T08:00:00Z; waiting for the file to change',
      'STATUS=Run 1: reading the file and the nodes',
      'READY=1',
      'STATUS=Run 1: reading the file and the nodes',
      SETTLED,
    ]);
  });

  test('a reload begins with RELOADING=1 and ends with the run, also if that fails', () => {
    const messages = createMessages();
    expect(messages.reloading(5n)).toEqual(['STATUS=Reading the file again']);
    messages.of(OK);
    expect(messages.reloading(5n)).toEqual(['RELOADING=1', 'MONOTONIC_USEC=5', 'STATUS=Reading the file again']);
    expect(messages.of(RUN)?.[0]).toMatch(/^STATUS=/);
    expect(messages.of(FAILED)?.[0]).toBe('READY=1');
    expect(messages.of(FAILED)?.[0]).toMatch(/^STATUS=/);
  });

  test('without a file nothing is reloaded, so systemd waits for no end of it', () => {
    const messages = createMessages();
    messages.of(OK);
    messages.of(at({ type: 'gone', file }));
    expect(messages.reloading(5n)).toEqual(['STATUS=Reading the file again']);
    messages.of(RUN);
    expect(messages.reloading(5n)[0]).toBe('RELOADING=1');
  });

  test('a text from a node is no assignment of its own', () => {
    const why = 'no route\nREADY=1';
    const message = createMessages().of(at({ type: 'backing-off', node: 'n1', attempt: 1, seconds: 4, why, file }));
    expect(message).toEqual(['STATUS=Node n1 is tried again in 4 s: no route READY=1']);
  });
});

describe('the notifier', () => {
  let folder = '';
  let receiver: ChildProcess | undefined;
  let notifier: Notifier | undefined;
  const heard: { readonly text: string; readonly time: number }[] = [];
  const trouble: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-notify-'));
    heard.length = 0;
    trouble.length = 0;
  });
  afterEach(async () => {
    await notifier?.close();
    receiver?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  async function listen(socket: string): Promise<void> {
    receiver = spawn('perl', ['-e', RECEIVER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: receiver.stdout! }).on('line', (text) => heard.push({ text, time: performance.now() }));
    await hears('ready');
  }

  async function hears(text: string, times = 1): Promise<void> {
    const deadline = Date.now() + 5000;
    while (heard.filter((each) => each.text === text).length < times) {
      if (Date.now() > deadline) throw new Error(`not heard: ${text}; heard: ${JSON.stringify(heard)}`);
      await sleep(5);
    }
  }

  function start(env: NodeJS.ProcessEnv, more: Partial<NotifierOptions> = {}): NodeJS.ProcessEnv {
    const onTrouble = (message: string): void => {
      trouble.push(message);
    };
    notifier = startNotifier({ env, pid: 42, alive: () => true, onTrouble, ...more });
    return env;
  }

  test.each(['path', 'abstract'])('tells a real socket (%s) of the run, of the reload and of the end', async (kind) => {
    const socket = kind === 'path' ? join(folder, 'a socket') : `@netloom-test-${String(process.pid)}`;
    await listen(socket);
    const env = start({ NOTIFY_SOCKET: socket });
    expect(env['NOTIFY_SOCKET'], 'children of netloom do not inherit it').toBeUndefined();
    notifier?.onEvent(RUN);
    notifier?.onEvent(OK);
    await hears(`READY=1|${SETTLED}`);
    notifier?.reloading();
    notifier?.onEvent(FAILED);
    await notifier?.close();
    await hears('STOPPING=1|STATUS=Ending; the network stays as it is');
    expect(heard.map(({ text }) => text.replace(/USEC=\d+/, 'USEC=N'))).toEqual([
      'ready',
      'STATUS=Run 1: reading the file and the nodes',
      `READY=1|${SETTLED}`,
      'RELOADING=1|MONOTONIC_USEC=N|STATUS=Reading the file again',
      'READY=1|STATUS=Run 1 failed at 2027-01-15T08:00:00Z; waiting for the file to change',
      'STOPPING=1|STATUS=Ending; the network stays as it is',
    ]);
    expect(trouble).toEqual([]);
  });

  test('the watchdog is told at half of its time, and more time is asked for only until it is ready', async () => {
    const socket = join(folder, 's');
    await listen(socket);
    start({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '100000', WATCHDOG_PID: '42' });
    await hears('WATCHDOG=1', 3);
    await hears('EXTEND_TIMEOUT_USEC=150000', 3);
    notifier?.onEvent(OK);
    const before = heard.length;
    await hears('WATCHDOG=1', 8);
    expect(heard.slice(before + 2).filter(({ text }) => text.startsWith('EXTEND'))).toEqual([]);
  });

  test('a loop that hangs, and a run that hangs, do not reach the watchdog', async () => {
    const socket = join(folder, 's');
    await listen(socket);
    let alive = true;
    start({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '40000' }, { alive: () => alive });
    await hears('WATCHDOG=1', 2);
    const begin = performance.now();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    const end = performance.now();
    await hears('WATCHDOG=1', 4);
    // What was heard in that time is read after it, and was sent before it.
    expect(heard.filter(({ time }) => time > begin && time < end)).toEqual([]);
    expect(heard.length).toBeLessThan(14);
    alive = false;
    await sleep(60);
    const count = heard.length;
    await sleep(120);
    expect(heard.length).toBe(count);
  });

  test('without NOTIFY_SOCKET, or for another process’s watchdog, nothing is sent', async () => {
    start({});
    expect(notifier).toBeUndefined();
    start({ NOTIFY_SOCKET: 'vsock:2:1' });
    expect(notifier).toBeUndefined();
    const socket = join(folder, 's');
    await listen(socket);
    start({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '20000', WATCHDOG_PID: '43' });
    await sleep(100);
    expect(heard.map(({ text }) => text)).toEqual(['ready']);
  });

  test('a socket that does not exist is told once, and ends nothing', async () => {
    start({ NOTIFY_SOCKET: join(folder, 'none') });
    for (let i = 0; i < 3; i += 1) notifier?.onEvent(OK);
    await notifier?.close();
    expect(trouble).toEqual([expect.stringMatching(/^systemd is not told how the watch is: notify: No such file/)]);
  });
});
