import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { main } from './run.mjs';

/** @typedef {{type: string, time: string, ok?: boolean}} Line a line that `netloom watch --json` prints */

/** Nothing that is measured takes as long; in milliseconds. */
const LIMIT_MS = 60_000;

/**
 * A running `netloom watch` of a file in the lab. Times are in milliseconds.
 * @typedef {object} Watching
 * @property {number} pid
 * @property {(text: string) => Promise<{whole: number, quiet: number}>} save replaces the file and waits until the
 * network is as it says; rejects where that fails. `whole`: since the file was replaced; `quiet`: since it was quiet
 * @property {(type: string) => Promise<Line>} next waits for the next line of this type
 * @property {() => Promise<void>} stop
 */

/** @param {string} file @param {string} text what is in it at first @returns {Promise<Watching>} */
export async function watching(file, text) {
  writeFileSync(file, text);
  const child = spawn(process.execPath, [main, 'watch', '--lab', '--yes', '--json', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((settle) => child.once('exit', settle));
  /** @type {Map<string, {settle: (line: Line) => void, fail: (error: Error) => void}>} */
  const waiting = new Map();
  let began = 0;
  createInterface({ input: child.stdout }).on('line', (text) => {
    /** @type {Line} */
    const line = JSON.parse(text);
    if (line.type === 'watch-run') began = performance.now();
    waiting.get(line.type)?.settle(line);
    waiting.delete(line.type);
  });
  void exited.then(() => {
    for (const { fail } of waiting.values()) fail(new Error('netloom watch has ended'));
  });
  /** @param {string} type @returns {Promise<Line>} */
  const next = (type) =>
    new Promise((settle, fail) => {
      const timer = setTimeout(() => fail(new Error(`netloom watch told no ${type} for a minute`)), LIMIT_MS);
      waiting.set(type, {
        settle: (line) => {
          clearTimeout(timer);
          settle(line);
        },
        fail,
      });
    });
  const done = async () => {
    const { ok } = await next('watch-done');
    if (ok !== true) throw new Error(`netloom watch could not settle ${file}`);
  };
  await done();
  return {
    pid: child.pid ?? 0,
    next,
    async save(text) {
      const settled = done();
      const started = performance.now();
      // As most editors save: atomically.
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
      await settled;
      const now = performance.now();
      return { whole: now - started, quiet: now - began };
    },
    async stop() {
      waiting.clear();
      child.kill('SIGINT');
      await exited;
    },
  };
}
