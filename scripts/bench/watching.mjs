import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { main } from './run.mjs';

/**
 * A running `netloom watch` of a file in the lab. `save` replaces the file and waits until the network is as it says;
 * it rejects where that fails.
 * @param {string} file @param {string} text what is in it at first
 * @returns {Promise<{save: (text: string) => Promise<number>, stop: () => Promise<void>}>} `save` gives milliseconds,
 * from when the file was quiet until all was settled
 */
export async function watching(file, text) {
  writeFileSync(file, text);
  const child = spawn(process.execPath, [main, 'watch', '--lab', '--yes', '--json', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((settle) => child.once('exit', settle));
  /** @type {{settle: (ms: number) => void, fail: (error: Error) => void} | undefined} */
  let waiting;
  let began = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { type, ok } = JSON.parse(line);
    if (type === 'watch-run') began = performance.now();
    if (type !== 'watch-done') return;
    if (ok) waiting?.settle(performance.now() - began);
    else waiting?.fail(new Error(`netloom watch could not settle ${file}`));
  });
  void exited.then(() => waiting?.fail(new Error('netloom watch has ended')));
  /** @returns {Promise<number>} */
  const done = () =>
    new Promise((settle, fail) => {
      waiting = { settle, fail };
    });
  await done();
  return {
    save(next) {
      const settled = done();
      // As most editors save: atomically.
      writeFileSync(`${file}.new`, next);
      renameSync(`${file}.new`, file);
      return settled;
    },
    async stop() {
      waiting = undefined;
      child.kill('SIGINT');
      await exited;
    },
  };
}
