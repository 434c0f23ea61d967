import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { PROGRAMS } from '../../../scripts/lib/bundle.mjs';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import type { Order } from './killed-netloom.ts';
import type { Moment } from './moment.ts';
import type { Stage } from './seed.ts';
import type { Stand } from './stand.ts';
import { BEGUN, endedAt, lockedPlan } from './ways.ts';

/** What ends an apply: netloom or the supervisor of a node is killed by signal 9, or their connection is lost. */
export const WAYS = ['netloom', 'supervisor', 'connection'] as const;
export type Way = (typeof WAYS)[number];

/** Ends applies at moments of their plan. Its files are deleted by `close`. */
export class Ender {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'netloom-moments-'));
  readonly #stand: Stand;
  /** The text of the file whose network is destroyed. */
  readonly #text: string;

  constructor(stand: Stand, text: string) {
    this.#stand = stand;
    this.#text = text;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Makes the program of the netloom that is killed. */
  async prepare(): Promise<void> {
    await build({
      entryPoints: [fileURLToPath(new URL('./killed-netloom.ts', import.meta.url))],
      outfile: this.#program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      plugins: [PROGRAMS],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
  }

  get #program(): string {
    return path.join(this.#folder, 'killed-netloom.mjs');
  }

  /** Applies a stage, and ends the apply. Returns when nothing of it runs on any node. */
  async end(way: Way, stage: Stage, moment: Moment): Promise<void> {
    if (way === 'netloom') await this.#endNetloom(stage, moment);
    else await this.#endShell(way, stage, moment);
  }

  async #endNetloom({ text }: Stage, moment: Moment): Promise<void> {
    const entries = Object.fromEntries(this.#stand.nodes.map((node) => [node.name, node.entry]));
    const order: Order = { entries, text: text ?? this.#text, destroys: text === undefined, moment };
    const child = spawn(process.execPath, [this.#program], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdin.end(JSON.stringify(order));
    const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (signal !== 'SIGKILL') throw new Error(`netloom was not killed: ${said}`);
    await this.#stand.goOn();
  }

  async #endShell(way: 'supervisor' | 'connection', { graph }: Stage, moment: Moment): Promise<void> {
    if (way === 'connection') await this.#relay();
    const shells = this.#stand.shells;
    const first = await lockedPlan(graph, shells);
    const ended = endedAt(shells, first.plan, moment, async (node, running) => {
      if (running) await this.#stand.beside(node, BEGUN);
      if (way === 'supervisor') await this.#stand.beside(node, `kill -9 ${String(shells.get(node)?.pid)}`);
      else this.#cut(node);
    });
    const went: Promise<void>[] = [];
    const result = applyNetwork(graph, ended, first, {
      allow: ALLOW_ALL_DELETIONS,
      rollback: true,
      onEvent: (event) => {
        // Netloom knows of the loss.
        if (event.type === 'batch-failed') went.push(this.#stand.goOn());
      },
    });
    const { ok, diagnostics, rollback } = await result;
    await Promise.all(went);
    const codes = diagnostics.map(({ code }) => code);
    // What was lost is told, and that nothing is known of its node.
    if (ok || !codes.includes('NLH005') || rollback?.complete === true)
      throw new Error(`the loss is not told: ${codes.join(' ')}`);
    await this.#stand.reopen();
  }

  /** Lets each shell be reached by a process of its own, whose end is the end of the connection. */
  async #relay(): Promise<void> {
    const relay = `echo $$ >"$1"; shift; cat | setsid "$@" | cat`;
    for (const node of this.#stand.nodes)
      await node.reopen(['sh', '-c', relay, 'relay', this.#pidFile(node.name), ...node.entry]);
  }

  #pidFile(node: string): string {
    return path.join(this.#folder, `${node}.pid`);
  }

  #cut(node: string): void {
    spawnSync('kill', ['-9', '--', `-${readFileSync(this.#pidFile(node), 'utf8').trim()}`]);
  }
}
