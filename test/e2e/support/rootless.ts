import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The parts of the checkout that the tests need. */
const PARTS = [
  ...['src', 'test', 'dist', 'schemas', 'topologies', 'scripts', 'docs'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts'],
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
];
/** A uid that no host uses. */
const UID = 64_321;
const AS_USER = [`--reuid=${String(UID)}`, `--regid=${String(UID)}`, '--clear-groups'];

/** The results of one test file. */
export interface FileRun {
  readonly passed: readonly string[];
  /** Skipped because an ordinary user cannot have a tap or Open vSwitch. */
  readonly skipped: readonly string[];
  readonly others: readonly string[];
  readonly output: string;
}

/** A copy of the checkout that an ordinary user can read, to run the tests in. */
export class OrdinaryUser {
  readonly folder: string;
  readonly #node: string;

  constructor() {
    this.folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-user-'));
    chmodSync(this.folder, 0o755);
    for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(this.folder, part), { recursive: true });
    for (const own of ['home', 'node_modules']) {
      mkdirSync(path.join(this.folder, own));
      chownSync(path.join(this.folder, own), UID, UID);
    }
    this.#node = this.#mayRun(process.execPath) ? process.execPath : this.#copyOfNode();
    this.#linkModules();
  }

  /** True if an ordinary user can create namespaces. */
  mayMakeNamespaces(): boolean {
    return spawnSync('setpriv', [...AS_USER, 'unshare', '-U', '-r', '-n', 'true']).status === 0;
  }

  /** True if an ordinary user can open /dev/net/tun, which taps and ports of Open vSwitch need. */
  mayMakeTaps(): boolean {
    return spawnSync('setpriv', [...AS_USER, 'sh', '-c', ': <>/dev/net/tun']).status === 0;
  }

  /** Runs a file of end-to-end tests as the ordinary user. */
  run(file: string): FileRun {
    const report = path.join(this.folder, 'home', 'report.json');
    const args = ['run', '--project', 'e2e*', '--reporter=json', `--outputFile=${report}`, `test/e2e/${file}`];
    const { stdout, stderr } = spawnSync(
      'setpriv',
      [...AS_USER, this.#node, path.join(this.folder, 'node_modules/vitest/vitest.mjs'), ...args],
      {
        cwd: this.folder,
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          HOME: path.join(this.folder, 'home'),
          TMPDIR: path.join(this.folder, 'home'),
        },
      },
    );
    const output = `${stdout}${stderr}`;
    try {
      const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
        testResults: { assertionResults: Assertion[]; message: string }[];
      };
      const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
      const named = (outcome: string): string[] =>
        tests.filter(({ status }) => status === outcome).map(({ fullName }) => fullName);
      const broken = testResults.filter(({ message }) => message !== '').map(({ message }) => message);
      const told = tests
        .filter(({ status }) => status !== 'passed' && status !== 'skipped')
        .map(({ status, fullName, failureMessages }) => [`${status}: ${fullName}`, ...failureMessages].join('\n'));
      return {
        passed: named('passed'),
        skipped: named('skipped'),
        others: [...told, ...broken],
        output,
      };
    } catch (error) {
      return { passed: [], skipped: [], others: [`no report: ${String(error)}`], output };
    }
  }

  #mayRun(program: string): boolean {
    return spawnSync('setpriv', [...AS_USER, program, '--version'], { cwd: '/' }).status === 0;
  }

  #copyOfNode(): string {
    const copy = path.join(this.folder, 'node');
    copyFileSync(process.execPath, copy);
    chmodSync(copy, 0o755);
    return copy;
  }

  /**
   * Makes a folder of the user's own, because caches are written into it; it links to the checkout's contents that the
   * user can read.
   */
  #linkModules(): void {
    const modules = path.join(ROOT, 'node_modules');
    const readable = spawnSync('setpriv', [...AS_USER, 'ls', path.join(modules, 'vitest')]).status === 0;
    for (const name of readdirSync(modules).filter((each) => !each.startsWith('.vite'))) {
      const [from, to] = [path.join(modules, name), path.join(this.folder, 'node_modules', name)];
      if (readable) symlinkSync(from, to);
      else cpSync(from, to, { recursive: true });
    }
  }
}

interface Assertion {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}
