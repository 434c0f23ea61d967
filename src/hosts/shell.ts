import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { JobResult, Shell } from '../model/host.ts';
import { hostError } from './errors.ts';
import { FrameReader, type Frame } from './frames.ts';
import { preamble } from './preamble.ts';
import { shellQuote } from './quote.ts';
import { startShellProcess, type ShellProcess } from './process.ts';
import { Tail } from './tail.ts';
import { Turns } from './turns.ts';

/** How a node's `sh` is started: the program, its arguments, and the texts of its errors. */
export interface ShellStart {
  readonly node: string;
  readonly description: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The hint if the shell has no right to change the network. */
  readonly rightsHint: string;
  /** The hint if it cannot be reached. */
  readonly reachHint?: string;
}

interface PendingRead {
  readonly id: number;
  readonly chunks: Buffer[];
  readonly settle: (code: number) => void;
  readonly fail: (error: Error) => void;
}

interface PendingJob {
  readonly settle: (result: JobResult) => void;
  readonly fail: (error: Error) => void;
}

interface Greeting {
  readonly settle: (text: string) => void;
  readonly fail: (error: Error) => void;
}

const GREETING_TIMEOUT_MS = 30_000;
const STDERR_GRACE_MS = 500;
const CLOSE_GRACE_MS = 5_000;
const CAP_NET_ADMIN = 1n << 12n;

/**
 * Starts the `sh` of a node and waits for its greeting.
 * @throws DiagnosticError if it cannot be started, does not answer, or may not change the network
 */
export async function openShell(start: ShellStart): Promise<Shell> {
  const session = new Session(start, await startShellProcess(start));
  await session.greet();
  return session;
}

/** The persistent shell of one node. A process that outlives its job must not keep the job's stdout open. */
class Session implements Shell {
  readonly node: string;
  pid = 0;
  rootless = false;
  readonly #start: ShellStart;
  readonly #process: ShellProcess;
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #turns = new Turns();
  readonly #jobs = new Map<number, PendingJob>();
  readonly #stderr = new Tail(4096);
  #stderrDone = 0;
  #onStderrDone: (() => void) | undefined;
  #greeting: Greeting | undefined;
  #read: PendingRead | undefined;
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #lostError: Error | undefined;
  #locked = false;

  constructor(start: ShellStart, process: ShellProcess) {
    this.node = start.node;
    this.#start = start;
    this.#process = process;
    this.#wire(process.stdin, process.stdout, process.stderr);
  }

  /** Sends the preamble and waits for the greeting. */
  async greet(): Promise<void> {
    const answer = new Promise<string>((settle, fail) => {
      this.#greeting = { settle, fail };
    });
    this.#process.stdin.write(preamble(this.#nonce));
    const timer = setTimeout(() => {
      this.#process.kill();
    }, GREETING_TIMEOUT_MS);
    const [pid = '', rootless = '', capabilities = ''] = (
      await answer.finally(() => {
        clearTimeout(timer);
      })
    ).split(' ');
    this.#greeting = undefined;
    this.pid = Number(pid);
    this.rootless = rootless === '1';
    if (capabilities === '' || (BigInt(`0x${capabilities}`) & CAP_NET_ADMIN) !== 0n) return;
    await this.close();
    throw hostError({
      code: 'NLH004',
      node: this.node,
      summary: `No right to change the network on node ${this.node} (${this.#start.description})`,
      detail: 'The shell runs neither as root nor with CAP_NET_ADMIN.',
      hint: this.#start.rightsHint,
    });
  }

  async read(script: string): Promise<string> {
    const quoted = shellQuote(script);
    const release = await this.#turn(true);
    const id = this.#nextId++;
    this.#stderr.clear();
    const chunks: Buffer[] = [];
    try {
      const code = await new Promise<number>((settle, fail) => {
        this.#read = { id, chunks, settle, fail };
        this.#process.stdin.write(`_nl_read ${String(id)} ${quoted}\n`);
      });
      if (code !== 0) throw await this.#readFailure(id, code, script);
      return Buffer.concat(chunks).toString('utf8');
    } finally {
      this.#read = undefined;
      release();
    }
  }

  async job(script: string): Promise<JobResult> {
    const quoted = shellQuote(script);
    const release = await this.#turn(false);
    const id = this.#nextId++;
    const name = `_j${String(id)}`;
    try {
      return await new Promise<JobResult>((settle, fail) => {
        this.#jobs.set(id, { settle, fail });
        this.#process.stdin.write(`_nl_job ${String(id)} ${quoted} </dev/null & ${name}=$!\n`);
      });
    } finally {
      this.#jobs.delete(id);
      if (this.#lostError === undefined) this.#process.stdin.write(`wait "$${name}"; unset ${name}\n`);
      release();
    }
  }

  async lock(): Promise<boolean> {
    this.#locked ||= (await this.#setLock('on')) === 0;
    return this.#locked;
  }

  async unlock(): Promise<void> {
    if (this.#locked) await this.#setLock('off');
    this.#locked = false;
  }

  async #setLock(state: 'on' | 'off'): Promise<number> {
    const release = await this.#turn(true);
    const id = this.#nextId++;
    try {
      const result = await new Promise<JobResult>((settle, fail) => {
        this.#jobs.set(id, { settle, fail });
        this.#process.stdin.write(`_nl_lock ${String(id)} ${state}\n`);
      });
      return result.code;
    } finally {
      this.#jobs.delete(id);
      release();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const release = await this.#turns.take(true);
    const timer = setTimeout(() => {
      this.#process.kill();
    }, CLOSE_GRACE_MS);
    this.#process.stdin.end();
    await this.#process.ended;
    clearTimeout(timer);
    release();
  }

  async #turn(alone: boolean): Promise<() => void> {
    if (this.#closing !== undefined) {
      throw hostError({ code: 'NLH007', node: this.node, summary: `The shell of node ${this.node} is closed` });
    }
    const release = await this.#turns.take(alone);
    if (this.#lostError === undefined) return release;
    release();
    throw this.#lostError;
  }

  #wire(stdin: Writable, stdout: Readable, stderr: Readable): void {
    const frames = new FrameReader(this.#nonce, {
      data: (bytes) => {
        this.#read?.chunks.push(Buffer.from(bytes));
      },
      frame: (frame) => {
        this.#take(frame);
      },
    });
    const errors = new FrameReader(this.#nonce, {
      data: (bytes) => {
        this.#stderr.push(bytes);
      },
      frame: (frame) => {
        this.#stderrDone = frame.id;
        this.#onStderrDone?.();
      },
    });
    // A failed write means that the shell ended; #onEnd reports it with the exit code.
    stdin.on('error', () => undefined);
    stdout.on('data', (chunk: Buffer) => {
      frames.push(chunk);
    });
    stderr.on('data', (chunk: Buffer) => {
      errors.push(chunk);
    });
    void this.#process.ended.then((how) => {
      this.#onEnd(how);
    });
  }

  #take(frame: Frame): void {
    if (frame.kind === 'hello') this.#greeting?.settle(frame.payload.toString('latin1'));
    if (frame.kind === 'read' && this.#read?.id === frame.id) this.#read.settle(frame.code);
    if (frame.kind === 'job' || frame.kind === 'lock') {
      this.#jobs.get(frame.id)?.settle({ code: frame.code, output: frame.payload.toString('utf8') });
    }
  }

  async #readFailure(id: number, code: number, script: string): Promise<Error> {
    if (this.#stderrDone !== id) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, STDERR_GRACE_MS);
        this.#onStderrDone = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#onStderrDone = undefined;
    }
    return hostError({
      code: 'NLH006',
      node: this.node,
      summary: `A script failed on node ${this.node} with exit code ${String(code)}`,
      detail: this.#stderr.text(),
      command: firstLine(script),
    });
  }

  #onEnd(how: string): void {
    const greeted = this.#greeting === undefined;
    this.#lostError = hostError({
      code: greeted ? 'NLH005' : 'NLH003',
      node: this.node,
      summary: greeted
        ? `The connection to node ${this.node} (${this.#start.description}) ended: ${how}`
        : `Node ${this.node} (${this.#start.description}) cannot be reached: ${how}`,
      detail: this.#stderr.text(),
      hint: greeted ? undefined : this.#start.reachHint,
    });
    this.#greeting?.fail(this.#lostError);
    this.#read?.fail(this.#lostError);
    for (const job of this.#jobs.values()) job.fail(this.#lostError);
  }
}

function firstLine(script: string): string {
  const line = script.trimStart().split('\n', 1)[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
