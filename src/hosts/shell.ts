import { randomBytes } from 'node:crypto';
import type { DirectJob, JobResult, Listening, LockAnswer, LockWait, Shell, ShellOptions } from '../model/host.ts';
import { emptyTally, type Tally } from '../model/stats.ts';
import { hostError } from './errors.ts';
import { FrameReader, type Frame } from './frames.ts';
import { lineReader } from './lines.ts';
import { parseHolder } from './holder.ts';
import { hungRead, parseHung } from './hung.ts';
import { BEATS, LIMIT_MS, SILENCE_MS } from './limits.ts';
import { lockFailure } from './lock-failure.ts';
import { preamble } from './preamble.ts';
import { startShellProcess, type ShellProcess } from './process.ts';
import { checkText } from './quote.ts';
import { Tail } from './tail.ts';
import { Turns } from './turns.ts';
import { windowFrom } from './window/window.ts';

/** How a node's `sh` is started: the program, its arguments, and the texts of its errors. */
export interface ShellStart extends ShellOptions {
  readonly node: string;
  readonly description: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The hint if the shell has no right to change the network. */
  readonly rightsHint: string;
  /** The hint if it cannot be reached. */
  readonly reachHint?: string;
  /** It is reached over SSH. */
  readonly overSsh?: boolean;
}

/** A request that waits for its last frame. */
interface Pending {
  readonly kind: 'hello' | 'read' | 'job' | 'listen' | 'lock' | 'unlock';
  /** Takes a frame before the last one. */
  readonly more: (frame: Frame) => void;
  readonly settle: (frame: Frame) => void;
  readonly fail: (error: Error) => void;
}

const GREETING_LIMIT_MS = 30_000;
const CLOSE_GRACE_MS = 5_000;
/** How long a job may go on after an abort: nearly all end in this time, and nothing is cut off. */
const ABORT_GRACE_MS = 300;
const CAP_NET_ADMIN = 1n << 12n;

/**
 * Starts the `sh` of a node, and in it the supervisor, and waits for its greeting.
 * @throws DiagnosticError if it cannot be started, does not answer, or may not change the network
 */
export async function openShell(start: ShellStart): Promise<Shell> {
  const leave = await start.slots?.enter(start.node);
  try {
    start.signal?.throwIfAborted();
    const session = new Session(start, await startShellProcess(start));
    await session.greet();
    return session;
  } finally {
    leave?.();
  }
}

/** The client of a node's supervisor. */
class Session implements Shell {
  readonly node: string;
  pid = 0;
  rootless = false;
  hasReverted = false;
  readonly #start: ShellStart;
  readonly #process: ShellProcess;
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #turns = new Turns();
  readonly #pending = new Map<number, Pending>();
  readonly #stderr = new Tail(4096);
  readonly tally: Tally;
  readonly noCache: boolean;
  readonly overSsh: boolean;
  readonly #limitMs: number;
  readonly #silenceMs: number;
  #nextId = 1;
  #missedBeats = 0;
  #beats: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #lostError: Error | undefined;
  /** Why the process was killed, if this process did it. */
  #killed: { readonly code: 'NLH003' | 'NLH012'; readonly why: string } | undefined;
  lockedSince: number | undefined;

  constructor(start: ShellStart, process: ShellProcess) {
    this.node = start.node;
    this.#start = start;
    this.#process = process;
    this.#limitMs = start.limitMs ?? LIMIT_MS;
    this.#silenceMs = start.silenceMs ?? SILENCE_MS;
    this.tally = start.tally ?? emptyTally();
    this.noCache = start.noCache === true;
    this.overSsh = start.overSsh === true;
    this.tally.shells += 1;
    this.#wire();
  }

  /** Starts the supervisor and waits for its greeting. */
  async greet(): Promise<void> {
    const limitMs = Math.min(GREETING_LIMIT_MS, this.#limitMs);
    const timer = setTimeout(() => {
      this.#kill('NLH003', `no answer within ${String(limitMs / 1000)} s`);
    }, limitMs);
    const answer = await this.#ask(0, 'hello', preamble(this.#nonce)).finally(() => {
      clearTimeout(timer);
    });
    const [pid = '', rootless = '', capabilities = '', reverted = ''] = answer.payload.toString('latin1').split(' ');
    this.pid = Number(pid);
    this.rootless = rootless === '1';
    this.hasReverted = reverted === '1';
    this.#beats = setInterval(() => {
      this.#beat();
    }, this.#silenceMs / BEATS).unref();
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
    const chunks: Buffer[] = [];
    const end = await this.#run('read', script, chunks);
    if (end === undefined) throw new Error('a read always begins');
    if (end.kind === 'hung') throw hungRead(this.node, firstLine(script), this.#hung(end));
    if (end.code === 0) return Buffer.concat(chunks).toString('utf8');
    throw hostError({
      code: 'NLH006',
      node: this.node,
      summary: `A script failed on node ${this.node} with exit code ${String(end.code)}`,
      detail: end.payload.toString('utf8'),
      command: firstLine(script),
    });
  }

  async job(script: string, mayBegin?: () => boolean, direct?: DirectJob): Promise<JobResult> {
    const end = await this.#run(direct?.verb ?? 'job', direct?.text ?? script, [], mayBegin);
    if (end === undefined) return { code: 0, output: '', begun: false };
    if (end.kind === 'hung') return { code: 137, output: '', hung: this.#hung(end) };
    return { code: end.code, output: end.payload.toString('utf8') };
  }

  listen(script: string, onLine: (line: string) => void): Listening {
    checkText(script);
    const id = this.#nextId++;
    this.tally.scripts += 1;
    const lines = lineReader(onLine);
    const ended = this.#ask(id, 'listen', requestOf(['listen', id, 0], script), ({ payload }) => {
      lines(payload);
    }).then(
      ({ payload }) => payload.toString('utf8'),
      (error: unknown) => String(error),
    );
    return {
      ended,
      tell: (line) => {
        this.#process.stdin.write(requestOf(['tell', id], `${line}\n`));
      },
      end: () => {
        this.#process.stdin.write(`end ${String(id)}\n`);
      },
    };
  }

  #hung({ code, payload }: Frame): NonNullable<JobResult['hung']> {
    return parseHung(code, payload.toString('utf8'), this.#limitMs / 1000);
  }

  /** Returns how a script ended; nothing if it may not begin any more when its turn comes. */
  async #run(
    verb: 'read' | 'job' | DirectJob['verb'],
    script: string,
    chunks: Buffer[],
    mayBegin: () => boolean = () => true,
  ): Promise<Frame | undefined> {
    checkText(script);
    const { signal } = this.#start;
    signal?.throwIfAborted();
    const kind = verb === 'read' ? 'read' : 'job';
    const release = await this.#turn(kind === 'read');
    const leave = await this.#start.slots?.enter(this.node);
    const id = this.#nextId++;
    this.tally.scripts += 1;
    let timer: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      timer = setTimeout(() => this.#process.stdin.write(`end ${String(id)}\n`), kind === 'read' ? 0 : ABORT_GRACE_MS);
    };
    try {
      signal?.throwIfAborted();
      if (!mayBegin()) return undefined;
      signal?.addEventListener('abort', onAbort, { once: true });
      const request = requestOf([verb, id, this.#limitMs / 1000], script);
      const frame = await this.#ask(id, kind, request, ({ payload }) => {
        chunks.push(payload);
      });
      if (kind === 'read') signal?.throwIfAborted();
      return frame;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      leave?.();
      release();
    }
  }

  async lock({ waitMs, onBusy }: LockWait = { waitMs: 0 }): Promise<LockAnswer> {
    const { signal, client = '' } = this.#start;
    const release = await this.#turn(true);
    const id = this.#nextId++;
    const onAbort = (): void => {
      this.#process.stdin.write(`unlock ${String(this.#nextId++)}\n`);
    };
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', onAbort, { once: true });
      const request = requestOf(['lock', id, waitMs / 1000, this.#silenceMs / 1000], client);
      const { code, payload } = await this.#ask(id, 'lock', request, (frame) => {
        onBusy?.(parseHolder(frame.payload.toString('utf8')));
      });
      signal?.throwIfAborted();
      if (code !== 0) this.lockedSince = undefined;
      else this.lockedSince ??= performance.now();
      if (code === 0) return { state: 'taken' };
      const answer = payload.toString('utf8');
      if (code === 3) return { state: 'window', window: windowFrom(answer), holder: parseHolder(answer) };
      return code === 1 ? { state: 'busy', holder: parseHolder(answer) } : { state: 'failed', ...lockFailure(answer) };
    } finally {
      signal?.removeEventListener('abort', onAbort);
      release();
    }
  }

  async unlock(): Promise<void> {
    if (this.lockedSince === undefined) return;
    const release = await this.#turn(true);
    const id = this.#nextId++;
    try {
      await this.#ask(id, 'unlock', `unlock ${String(id)}\n`);
      this.lockedSince = undefined;
    } finally {
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

  /** Sends a request and waits for its last frame. */
  async #ask(
    id: number,
    kind: Pending['kind'],
    request: string | Buffer,
    more: Pending['more'] = () => undefined,
  ): Promise<Frame> {
    try {
      return await new Promise<Frame>((settle, fail) => {
        this.#pending.set(id, { kind, more, settle, fail });
        this.tally.written += Buffer.byteLength(request);
        this.#process.stdin.write(request);
      });
    } finally {
      this.#pending.delete(id);
    }
  }

  #wire(): void {
    const { stdin, stdout, stderr, ended } = this.#process;
    const frames = new FrameReader(this.#nonce, (frame) => {
      this.#take(frame);
    });
    // A failed write means that the shell ended; #onEnd reports it with the exit code.
    stdin.on('error', () => undefined);
    stdout.on('data', (chunk: Buffer) => {
      this.#missedBeats = 0;
      this.tally.read += chunk.length;
      frames.push(chunk);
    });
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr.push(chunk);
    });
    const onAbort = (): void => {
      // A shell that has not greeted has nothing to end.
      if (this.#pending.get(0)?.kind === 'hello') this.#process.kill();
    };
    this.#start.signal?.addEventListener('abort', onAbort, { once: true });
    void ended.then((how) => {
      this.#start.signal?.removeEventListener('abort', onAbort);
      this.#onEnd(how);
    });
  }

  #take(frame: Frame): void {
    const pending = this.#pending.get(frame.id);
    if (frame.kind === 'lacks') pending?.fail(lacks(this.node, frame.payload.toString('latin1')));
    else if (frame.kind === 'data' || frame.kind === 'busy') pending?.more(frame);
    else if (frame.kind === pending?.kind || frame.kind === 'hung') pending?.settle(frame);
  }

  /** Tells the supervisor that this process lives; each answer is a sign of life from the node. */
  #beat(): void {
    this.#missedBeats += 1;
    if (this.#missedBeats > BEATS) {
      this.#kill('NLH012', `nothing was heard of it for ${String(this.#silenceMs / 1000)} s`);
    } else this.#process.stdin.write('beat 0\n');
  }

  #kill(code: 'NLH003' | 'NLH012', why: string): void {
    this.#killed = { code, why };
    this.#process.kill();
  }

  #onEnd(how: string): void {
    clearInterval(this.#beats);
    const greeted = this.pid !== 0;
    const { code, why } = this.#killed ?? { code: greeted ? 'NLH005' : 'NLH003', why: how };
    this.#lostError = hostError({
      code,
      node: this.node,
      summary: greeted
        ? `The connection to node ${this.node} (${this.#start.description}) ended: ${why}`
        : `Node ${this.node} (${this.#start.description}) cannot be reached: ${why}`,
      detail: this.#stderr.text(),
      hint: greeted ? undefined : this.#start.reachHint,
    });
    for (const { fail } of this.#pending.values()) fail(this.#lostError);
  }
}

/** Returns a request that ends with a text: a line of words, and then so many bytes. */
function requestOf(words: readonly (string | number)[], text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${[...words, bytes.length].join(' ')}\n`), bytes]);
}

function lacks(node: string, program: string): Error {
  return hostError({
    code: 'NLH013',
    node,
    summary: `Node ${node} lacks ${program}, which netloom needs there`,
    hint: `install it on ${node}: \`apt-get install --no-install-recommends perl-base\``,
  });
}

function firstLine(script: string): string {
  const line = script.trimStart().split('\n', 1)[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
