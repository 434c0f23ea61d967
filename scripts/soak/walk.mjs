import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAMAGES, damageOf } from './damages.mjs';
import { Dice } from './dice.mjs';
import { descendants, measure, NAMESPACES, unnamed } from './gauges.mjs';
import { netloom, NodeShell } from './lab.mjs';
import { AROUND_MS, mayKill, PATIENCE_MS, RESYNC_S } from './limits.mjs';
import { PREPARE, foreignAction, FOREIGN } from './foreign.mjs';
import { CHOICES, FIRST, MISTAKES, versionOf } from './topology.mjs';
import { Watched } from './watched.mjs';

/** @typedef {import('./gauges.mjs').Gauges} Gauges */
/** @typedef {import('./topology.mjs').Choice} Choice */
/**
 * How a soak ended. `trouble`: what was not as it has to be, empty if all was; `healed` and `settled`: milliseconds;
 * `measured`: what the netloom in the middle used, step after step.
 * @typedef {object} Soaked
 * @property {number} seed
 * @property {number} seconds
 * @property {string[]} trouble
 * @property {ReadonlyMap<string, number>} actions
 * @property {number} heals
 * @property {number[]} healed
 * @property {number[]} healedByReading
 * @property {number[]} settled
 * @property {Gauges[]} measured
 * @property {string} folder with every action, and every line of the watch
 */

const NAME = 'soak';
const NODES = /** @type {const} */ (['node1', 'node2']);

/** Something is not as it has to be: the walk ends. */
class Trouble extends Error {}

/**
 * Lets a real `netloom watch` keep a lab while things are saved, damaged and killed at random, and checks what becomes
 * of it. The steps follow from the seed.
 * @param {{
 *   seed: number, minutes: number, folder: string, say?: (line: string) => void, signal?: AbortSignal
 * }} options
 * @returns {Promise<Soaked>}
 */
export async function soak({ seed, minutes, folder, say = () => undefined, signal = new AbortController().signal }) {
  mkdirSync(folder, { recursive: true });
  const walk = new Walk(seed, minutes * 60_000 - AROUND_MS, { folder, say, signal });
  try {
    await walk.begin();
    await walk.go();
    await walk.finish();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    walk.trouble.push(error.message);
  } finally {
    await walk.end();
  }
  return walk.result();
}

class Walk {
  /** @type {string[]} */
  trouble = [];
  #seed;
  #lastsMs;
  #folder;
  #say;
  #signal;
  #own = mkdtempSync(join(realpathSync(tmpdir()), 'netloom-soak-'));
  #file = join(this.#own, 'soak.yaml');
  /** The last good version: what the network has to be. */
  #good = join(this.#own, 'good.yaml');
  #env = { ...process.env, TMPDIR: this.#own, XDG_STATE_HOME: this.#own, XDG_CACHE_HOME: this.#own };
  /** @type {Map<string, NodeShell>} */
  #shells = new Map();
  /** @type {Map<string, string>} */
  #foreign = new Map();
  /** @type {Watched | undefined} */
  #started;
  /** @type {Set<(typeof CHOICES)[number]>} */
  #choice = new Set(FIRST);
  #began = performance.now();
  #step = 0;
  /** @type {Map<string, number>} */
  #actions = new Map();
  /** @type {{ healed: number[], healedByReading: number[], settled: number[], measured: Gauges[] }} */
  #numbers = { healed: [], healedByReading: [], settled: [], measured: [] };
  #heals = 0;

  /**
   * @param {number} seed @param {number} lastsMs
   * @param {{ folder: string, say: (line: string) => void, signal: AbortSignal }} options
   */
  constructor(seed, lastsMs, { folder, say, signal }) {
    this.#seed = seed;
    this.#lastsMs = lastsMs;
    this.#folder = folder;
    this.#say = say;
    this.#signal = signal;
  }

  get #watched() {
    if (this.#started === undefined) throw new Error('netloom was not started');
    return this.#started;
  }

  async begin() {
    for (const name of ['actions.jsonl', 'watch.jsonl']) writeFileSync(join(this.#folder, name), '');
    this.#save(versionOf(NAME, this.#choice));
    this.#keepGood();
    this.#must(['lab', 'up', this.#file]);
    for (const node of NODES) this.#shells.set(node, new NodeShell(this.#file, node, this.#env));
    for (const node of NODES) await this.#on(node, PREPARE);
    await this.#start();
    await this.#noteForeign();
    this.#began = performance.now();
  }

  /** What part of the time is over. */
  get #part() {
    return (performance.now() - this.#began) / this.#lastsMs;
  }

  async go() {
    let wasKilled = false;
    while (this.#part < 1) {
      if (this.#signal.aborted) throw this.#wrong('stopped by a signal');
      const dice = new Dice(this.#seed, this.#step);
      await this.#one(dice);
      this.#step += 1;
      if (this.#step % 12 === 0) await this.#check();
      if (mayKill(this.#part)) {
        wasKilled ||= this.#part > 0.5;
        continue;
      }
      if (wasKilled || !this.#watched.alive) continue;
      await this.#gauge();
    }
  }

  /** One step: something is done, and what has to follow is waited for. @param {Dice} dice */
  async #one(dice) {
    const drawn = dice.below(100);
    if (drawn < 45) return this.#damage(dice);
    if (drawn < 58) return this.#actForeign(dice);
    if (drawn < 73) return this.#saveGood(dice);
    if (drawn < 81) return this.#saveBad(dice);
    if (drawn < 91) return this.#burst(dice);
    if (drawn < 94) return this.#killReader(dice);
    return this.#killNetloom(dice);
  }

  /** A damage, which is healed. @param {Dice} dice */
  async #damage(dice) {
    const what = dice.one(Object.keys(DAMAGES));
    const from = this.#watched.lines.length;
    const at = await this.#hurt(what, dice);
    if (at === undefined) return;
    const line = await this.#heard(['watch-healed', 'watch-contested'], from, what);
    if (line.type === 'watch-contested') return this.#calm('told of a contested object');
    this.#numbers[DAMAGES[what]?.silent === true ? 'healedByReading' : 'healed'].push(line.at - at);
  }

  /**
   * Damages something. Returns when it was done; `undefined` if there was nothing.
   * @param {string} what @param {Dice} dice
   */
  async #hurt(what, dice) {
    const { node, script } = damageOf(what, dice);
    this.#note(what, { node, script });
    const { code, output } = await this.#shell(node).run(script);
    const at = /soak-at=(\d+)/.exec(output)?.[1];
    this.#record({ code, output });
    return code === 0 && at !== undefined ? Number(at) : undefined;
  }

  /** Others change what is theirs. @param {Dice} dice */
  async #actForeign(dice) {
    const node = dice.one(NODES);
    const { what, script } = foreignAction(dice);
    this.#note(what, { node, script });
    await this.#on(node, script);
    this.#foreign.set(node, await this.#on(node, FOREIGN));
  }

  /** A good version is saved: at once, or in two halves. @param {Dice} dice */
  async #saveGood(dice) {
    for (let i = dice.below(2); i >= 0; i -= 1) this.#toggle(dice.one(CHOICES));
    const text = versionOf(NAME, this.#choice);
    const half = dice.chance(30) ? dice.below(text.length) : undefined;
    const pause = dice.below(400);
    this.#note(half === undefined ? 'a good save' : 'a save in two halves', { choice: [...this.#choice], half, pause });
    const from = this.#watched.lines.length;
    if (half !== undefined) {
      writeFileSync(this.#file, text.slice(0, half));
      await sleep(pause);
    }
    const at = Date.now();
    this.#save(text);
    this.#keepGood();
    const line = await this.#done(from, (ok) => ok, 'a good save', at);
    this.#numbers.settled.push(line.at - at);
  }

  /** A save that must change nothing; sometimes a damage meanwhile, which is healed. @param {Dice} dice */
  async #saveBad(dice) {
    const mistake = dice.one(Object.keys(MISTAKES));
    const damaged = dice.chance(50) ? dice.one(Object.keys(DAMAGES)) : undefined;
    this.#note(`a bad save: ${mistake}`, { damaged });
    const from = this.#watched.lines.length;
    const at = Date.now();
    this.#save(/** @type {(text: string) => string} */ (MISTAKES[mistake])(versionOf(NAME, this.#choice)));
    await this.#done(from, (ok) => !ok, 'a bad save', at);
    if (damaged !== undefined) {
      const before = this.#watched.lines.length;
      const done = await this.#hurt(damaged, dice);
      if (done !== undefined)
        await this.#heard(['watch-healed', 'watch-contested'], before, `${damaged}, while blocked`);
    }
    await this.#calm('a good save after a bad one');
  }

  /** Several things at once. @param {Dice} dice */
  async #burst(dice) {
    this.#note('a burst');
    for (let i = 1 + dice.below(4); i >= 0; i -= 1) {
      const drawn = dice.below(10);
      if (drawn < 6) await this.#hurt(dice.one(Object.keys(DAMAGES)), dice);
      else if (drawn < 8) await this.#actForeign(dice);
      else {
        this.#toggle(dice.one(CHOICES));
        this.#note('a good save in a burst', { choice: [...this.#choice] });
        this.#save(versionOf(NAME, this.#choice));
        this.#keepGood();
      }
      if (dice.chance(50)) await sleep(dice.below(300));
    }
    await this.#calm('a burst');
  }

  /** One of netloom's programs on the nodes is killed. @param {Dice} dice */
  async #killReader(dice) {
    const number = dice.below(100);
    this.#note('a program of netloom on a node is killed', { number });
    const programs = descendants(this.#watched.pid);
    const pid = programs[number % Math.max(1, programs.length)];
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
    await this.#calm('the end of a reader');
  }

  /** netloom itself is killed, also in the middle of an apply, and started again. @param {Dice} dice */
  async #killNetloom(dice) {
    const signal = dice.one(/** @type {const} */ (['SIGKILL', 'SIGKILL', 'SIGTERM']));
    const damaged = dice.one(Object.keys(DAMAGES));
    const isApplying = dice.chance(60);
    const choice = dice.one(CHOICES);
    const pause = dice.below(800);
    if (!mayKill(this.#part)) return;
    this.#note(`netloom gets ${signal}`, { isApplying, pause });
    if (isApplying) {
      this.#toggle(choice);
      this.#save(versionOf(NAME, this.#choice));
      this.#keepGood();
      await this.#hurt(damaged, dice);
      await sleep(pause);
    }
    this.#watched.kill(signal);
    const code = await this.#watched.ended;
    if (signal === 'SIGTERM' && code !== 0) throw this.#wrong(`at SIGTERM netloom ended with ${code}, not with 0`);
    await this.#start();
  }

  /** @param {(typeof CHOICES)[number]} choice */
  #toggle(choice) {
    if (!this.#choice.delete(choice)) this.#choice.add(choice);
  }

  async #start() {
    const lines = this.#started?.lines ?? [];
    this.#started = new Watched(this.#file, {
      args: ['--resync', `${RESYNC_S}s`, '--lock-timeout', '60s'],
      env: this.#env,
      record: join(this.#folder, 'watch.jsonl'),
      lines,
    });
    await this.#done(lines.length, (ok) => ok, 'the start of netloom', 0);
  }

  /** Waits until the network is as the last good version says, with a save. @param {string} after */
  async #calm(after) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const from = this.#watched.lines.length;
      const at = Date.now();
      this.#save(versionOf(NAME, this.#choice));
      this.#keepGood();
      const { ok } = await this.#done(from, () => true, after, at);
      if (ok === true && this.#watched.backing.size === 0) return;
      if (Date.now() > deadline) throw this.#wrong(`not calm within ${PATIENCE_MS / 1000} s after ${after}`);
      await sleep(500);
    }
  }

  /**
   * Waits for the end of a run that began after `at`, with an outcome that `holds`.
   * @param {number} from @param {(ok: boolean) => boolean} holds @param {string} after @param {number} at
   */
  async #done(from, holds, after, at) {
    let seen = from;
    const begun = new Set();
    return this.#until(after, () => {
      for (; seen < this.#watched.lines.length; seen += 1) {
        const line = this.#watched.lines[seen];
        if (line?.type === 'watch-run' && line.at >= at) begun.add(line['number']);
        const isDone = line?.type === 'watch-done' && begun.has(line['number']);
        if (line !== undefined && isDone && holds(line.ok === true)) return line;
      }
      return undefined;
    });
  }

  /** @param {readonly string[]} types @param {number} from @param {string} after */
  #heard(types, from, after) {
    return this.#until(after, () => this.#watched.lines.slice(from).find(({ type }) => types.includes(type)));
  }

  /**
   * @param {string} after
   * @param {() => import('./watched.mjs').Line | undefined} look
   */
  async #until(after, look) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const line = look();
      if (line !== undefined) return line;
      if (this.#signal.aborted) throw this.#wrong('stopped by a signal');
      if (!this.#watched.alive) throw this.#wrong(`netloom has ended after ${after}`);
      if (Date.now() > deadline) throw this.#wrong(`nothing followed within ${PATIENCE_MS / 1000} s after ${after}`);
      await sleep(5);
    }
  }

  /** Checks that ours is right, and that what others have is as they left it. */
  async #check() {
    this.#note('a check');
    await this.#calm('a check');
    const plan = netloom(['plan', '--lab', '--no-cache', '--detailed-exitcode', this.#good], this.#env);
    if (![0, 3].includes(plan.code)) throw this.#wrong(`plan exits with ${plan.code}:\n${plan.output}`);
    for (const node of NODES) {
      const before = this.#foreign.get(node) ?? '';
      const now = await this.#on(node, FOREIGN);
      if (now !== before) throw this.#wrong(`what others have on ${node} was\n${before}\nand is\n${now}`);
    }
  }

  async finish() {
    this.#choice = new Set(FIRST);
    await this.#check();
    // A guest has what the DHCP server said when it asked last.
    this.#must(['lab', 'renew', this.#good]);
    const verified = netloom(['verify', '--lab', this.#good], this.#env);
    if (verified.code !== 0) throw this.#wrong(`verify exits with ${verified.code}:\n${verified.output}`);
    this.#watched.kill('SIGTERM');
    const code = await this.#watched.ended;
    if (code !== 0) throw this.#wrong(`at SIGTERM netloom ended with ${code}, not with 0`);
  }

  async end() {
    this.#heals = this.#started?.lines.filter(({ type }) => type === 'watch-healed').length ?? 0;
    if (this.#started?.alive === true) {
      this.#started.kill('SIGKILL');
      await this.#started.ended;
    }
    for (const shell of this.#shells.values()) shell.end();
    netloom(['lab', 'down', NAME], this.#env);
    rmSync(this.#own, { recursive: true, force: true });
  }

  /** @returns {Soaked} */
  result() {
    const seconds = (performance.now() - this.#began) / 1000;
    const { trouble } = this;
    const common = { seed: this.#seed, seconds, trouble, folder: this.#folder };
    return { ...common, actions: this.#actions, heals: this.#heals, ...this.#numbers };
  }

  async #gauge() {
    const outputs = await Promise.all(NODES.map((node) => this.#on(node, NAMESPACES)));
    this.#numbers.measured.push(measure(this.#watched.pid, unnamed(outputs)));
  }

  async #noteForeign() {
    for (const node of NODES) this.#foreign.set(node, await this.#on(node, FOREIGN));
  }

  /** @param {string} node @returns {NodeShell} */
  #shell(node) {
    return /** @type {NodeShell} */ (this.#shells.get(node));
  }

  /** @param {string} node @param {string} script */
  async #on(node, script) {
    const { code, output } = await this.#shell(node).run(script);
    if (code !== 0) throw new Error(`on ${node}, exit code ${code}:\n${script}\n${output}`);
    return output;
  }

  /** @param {readonly string[]} args */
  #must(args) {
    const { code, output } = netloom(args, this.#env);
    if (code !== 0) throw new Error(`netloom ${args.join(' ')}: exit code ${code}\n${output}`);
  }

  /** Saves as most editors do. @param {string} text */
  #save(text) {
    writeFileSync(`${this.#file}.new`, text);
    renameSync(`${this.#file}.new`, this.#file);
  }

  #keepGood() {
    writeFileSync(this.#good, versionOf(NAME, this.#choice));
  }

  /** Notes what is done. @param {string} what @param {object} [more] */
  #note(what, more = {}) {
    const short = what.replace(/: .*/, '').replace(/^others .*/, 'others change what is theirs');
    this.#actions.set(short, (this.#actions.get(short) ?? 0) + 1);
    this.#say(`${String(this.#step).padStart(5)}  ${what}`);
    this.#record({ step: this.#step, time: new Date().toISOString(), what, ...more });
  }

  /** @param {object} line */
  #record(line) {
    appendFileSync(join(this.#folder, 'actions.jsonl'), `${JSON.stringify(line)}\n`);
  }

  /** @param {string} what */
  #wrong(what) {
    return new Trouble(`step ${this.#step}: ${what}`);
  }
}
