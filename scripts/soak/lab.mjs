import { spawn, spawnSync } from 'node:child_process';
import { MAIN } from './netloom.mjs';

/** @typedef {{ code: number, output: string }} Ended */

/** A shell on a node of the lab that stays open, so that a damage takes milliseconds. */
export class NodeShell {
  #child;
  #output = '';
  #number = 0;
  /** @type {((ended: Ended) => void) | undefined} */
  #settle;

  /** @param {string} file @param {string} node @param {NodeJS.ProcessEnv} env */
  constructor(file, node, env) {
    this.#child = spawn(process.execPath, [MAIN, 'lab', 'exec', file, node, '--', 'sh'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      this.#output += text;
      const end = new RegExp(`\\n?soak-end ${this.#number} (\\d+)\\n$`).exec(this.#output);
      if (end === null) return;
      const output = this.#output.slice(0, end.index);
      this.#output = '';
      this.#settle?.({ code: Number(end[1]), output });
    });
    this.#child.once('close', () => this.#settle?.({ code: -1, output: this.#output }));
  }

  /** Runs a script in a shell of its own; one at a time. @param {string} script @returns {Promise<Ended>} */
  run(script) {
    this.#number += 1;
    const quoted = `'${script.replaceAll("'", `'\\''`)}'`;
    return new Promise((settle) => {
      this.#settle = settle;
      this.#child.stdin.write(`sh -c ${quoted} </dev/null 2>&1; echo "\nsoak-end ${this.#number} $?"\n`);
    });
  }

  end() {
    this.#child.stdin.end();
  }
}

/**
 * Runs netloom to its end.
 * @param {readonly string[]} args @param {NodeJS.ProcessEnv} env @returns {Ended}
 */
export function netloom(args, env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' });
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}
