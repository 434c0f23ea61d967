import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { MAIN } from './netloom.mjs';

/** @typedef {{ type: string, time: string, at: number, ok?: boolean, node?: string, [key: string]: unknown }} Line */

/** A running `netloom watch`, and what it says. */
export class Watched {
  /** Everything that this and earlier ones said of interest. @type {Line[]} */
  lines;
  /** The nodes that are backed off from. @type {Set<string>} */
  backing = new Set();
  #child;
  #record;
  /** @type {Promise<number | null>} */
  ended;

  /**
   * @param {string} file @param {{ args: readonly string[], env: NodeJS.ProcessEnv, record: string, lines?: Line[] }}
   * options `record`: where every line goes
   */
  constructor(file, { args, env, record, lines = [] }) {
    this.lines = lines;
    this.#record = record;
    this.#child = spawn(process.execPath, [MAIN, 'watch', '--lab', '--yes', '--json', ...args, file], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((settle) => {
      this.#child.once('close', (code) => {
        settle(code);
      });
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#hear(line);
    });
    this.#child.stderr.on('data', (/** @type {Buffer} */ text) => {
      appendFileSync(record, `${text.toString()}\n`);
    });
  }

  get pid() {
    return this.#child.pid ?? 0;
  }

  get alive() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    this.#child.kill(signal);
  }

  /** @param {string} text */
  #hear(text) {
    appendFileSync(this.#record, `${text}\n`);
    /** @type {Line} */
    let line;
    try {
      line = JSON.parse(text);
    } catch {
      // The last line of a netloom that was killed.
      return;
    }
    if (!line.type.startsWith('watch-')) return;
    this.lines.push({ ...line, at: Date.parse(line.time) });
    if (line.type === 'watch-backing-off') this.backing.add(String(line.node));
    if (line.type === 'watch-recovered') this.backing.delete(String(line.node));
  }
}
