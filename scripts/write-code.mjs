/** Writes V8's code for the bundle, for lib/bundle.mjs. */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ROOT } from './lib/paths.mjs';

const { bundleFile, CODE } = await import(join(ROOT, 'dist/program.js'));
const { compileBundle, runScript } = await import(join(ROOT, 'dist/bundled.js'));

const { file, text } = bundleFile();
// What a process has not used for a while stays in the code, and what it has used often is not left out: the code of
// V8's faster compilers cannot be kept (measured: 8 ms of a validate).
for (const flag of ['--no-flush-bytecode', '--no-sparkplug', '--no-opt']) setFlagsFromString(flag);
const script = compileBundle({ file, text });
await train(runScript(script, file));
// The code says for which flags it is: those of a process that has just begun.
const BEGINNING = ['--flush-bytecode', '--sparkplug', '--opt', '--hash-seed=0', '--random-seed=0'];
for (const flag of BEGINNING) setFlagsFromString(flag);
writeFileSync(`${CODE}.new`, script.createCachedData());
renameSync(`${CODE}.new`, CODE);

/**
 * Runs commands that contact no node, and plans for nodes on which nothing was found. V8 compiles a function when it is
 * first called, and keeps in the code what was compiled: half of all functions, which are read in half the time of all
 * (8 ms of 16, measured).
 * @param {{ start: (process: unknown, engine: typeof withoutNodes) => Promise<number> }} program
 */
async function train({ start }) {
  const folder = join(ROOT, 'topologies');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const commands = files.flatMap((name) => ['validate', 'plan'].map((command) => [command, join(folder, name)]));
  for (const args of [['--help'], ['plan', '--help'], ...commands]) {
    const code = await start(quietProcess(args), withoutNodes);
    // On such a node a plan finds that NICs are missing.
    if (code !== 0 && args[0] !== 'plan')
      throw new Error(`netloom ${args.join(' ')} ended with exit code ${String(code)}`);
  }
}

/**
 * An engine that opens no node, and reads nothing from it.
 * @param {import('../src/session/engine.ts').Engine} engine @returns {import('../src/session/engine.ts').Engine}
 */
function withoutNodes(engine) {
  /** @type {readonly string[]} */
  let nodes = [];
  return {
    ...engine,
    open({ doc }) {
      nodes = Object.keys(doc.nodes ?? {});
      return Promise.resolve(new Map());
    },
    read() {
      const namespaces = [{ netns: null, mark: undefined, get: () => undefined }];
      const view = { namespaces, dead: [], unfinished: [], get: () => undefined };
      return Promise.resolve(new Map(nodes.map((node) => [node, { node, ...view }])));
    },
  };
}

/** A process as the program sees it, with no terminal and no reader of its output. @param {readonly string[]} args */
function quietProcess(args) {
  const stream = {
    isTTY: false,
    destroyed: false,
    writableLength: 0,
    on: () => stream,
    once: () => stream,
    write: () => true,
  };
  return {
    argv: [process.execPath, 'netloom', ...args],
    env: {},
    stdin: stream,
    stdout: stream,
    stderr: stream,
    once: () => undefined,
    on: () => undefined,
    removeAllListeners: () => undefined,
  };
}
