import { spawn } from 'node:child_process';
import type { SessionEvent } from '../../model/event.ts';
import { programText } from '../../programs/text.ts';
import { createMessages, type Message } from './messages.ts';

const PROGRAM = programText(new URL('./notify.pl', import.meta.url));

/** Stands for a line end in a message. */
const LINE_END = '\u001f';

/** How often it is told that netloom is alive, if the watchdog is off. */
const DEFAULT_BEAT_MS = 30_000;

/** The program gets so long to send its last message. */
const END_MS = 1000;

/** Tells systemd how a watch is. */
export interface Notifier {
  onEvent(event: SessionEvent): void;
  /** The file is about to be read again, because of SIGHUP. */
  reloading(): void;
  /** Tells that netloom ends, and ends. */
  close(): Promise<void>;
}

/** What the notifier needs. */
export interface NotifierOptions {
  /** The environment of a service: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID. NOTIFY_SOCKET is taken out of it. */
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  /** Whether the watch is alive; if not, the watchdog ends it. */
  readonly alive: () => boolean;
  /** Told once, if systemd cannot be told. */
  readonly onTrouble: (message: string) => void;
}

/**
 * Starts the program that sends messages to systemd (Node.js has no datagram sockets of Unix), if this process is a
 * service of `Type=notify`; returns `undefined` otherwise. Its timer and its process keep no other process alive.
 */
export function startNotifier({ env, pid, alive, onTrouble }: NotifierOptions): Notifier | undefined {
  const { NOTIFY_SOCKET: socket = '' } = env;
  if (!/^[/@]/.test(socket)) return undefined;
  // HAProxy and others would tell systemd that they are ready.
  delete env['NOTIFY_SOCKET'];
  const child = spawn('perl', ['-e', PROGRAM, socket], { detached: true, stdio: ['pipe', 'ignore', 'pipe'] });
  let troubled = false;
  const trouble = (message: string): void => {
    if (troubled) return;
    troubled = true;
    onTrouble(`systemd is not told how the watch is: ${message}`);
  };
  child.once('error', ({ message }) => {
    trouble(message);
  });
  child.stdin.on('error', ({ message }) => {
    trouble(message);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    trouble(text.trim());
  });
  const ended = new Promise<void>((settle) => {
    child.once('close', () => {
      settle();
    });
    child.once('error', () => {
      settle();
    });
  });
  const messages = createMessages();
  const send = (message: Message | undefined): void => {
    if (message !== undefined && child.stdin.writable) child.stdin.write(`${message.join(LINE_END)}\n`);
  };
  const beatMs = beatOf(env, pid) ?? DEFAULT_BEAT_MS;
  const beat = setInterval(() => {
    if (!alive()) return;
    if (messages.starting) send([`EXTEND_TIMEOUT_USEC=${String(beatMs * 3000)}`]);
    if (beatOf(env, pid) !== undefined) send(['WATCHDOG=1']);
  }, beatMs);
  return {
    onEvent(event) {
      send(messages.of(event));
    },
    reloading() {
      send(messages.reloading(process.hrtime.bigint() / 1000n));
    },
    async close() {
      clearInterval(beat);
      send(['STOPPING=1', 'STATUS=Ending; the network stays as it is']);
      child.stdin.end();
      const limit = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(limit);
    },
  };
}

/** Returns half of the time in which the watchdog wants to hear from this process; `undefined`: it is off. */
function beatOf(
  { WATCHDOG_USEC: usec = '', WATCHDOG_PID: watched }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  if (!/^[1-9]\d*$/.test(usec) || (watched !== undefined && watched !== String(pid))) return undefined;
  return Math.max(1, Math.floor(Number(usec) / 2000));
}
