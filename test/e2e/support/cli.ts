import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkOutput } from '../../support/json-outputs.ts';

/** The built program. */
export const MAIN = fileURLToPath(new URL('../../../dist/main.cjs', import.meta.url));

/** The output and exit code of a command. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a command of the built program (`npm test` builds it). */
export function startNetloom(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ran> } {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} does not exist; run: npm run build`);
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      try {
        checkOutput(args, said.stdout);
        // A warning of Node.js is for us, and must not reach a user.
        const [warning] = /\(node:\d+\) .*Warning.*/.exec(said.stderr) ?? [];
        if (warning !== undefined) throw new Error(`netloom ${args.join(' ')}: ${warning}`);
        resolve({ code, signal, ...said });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  return { child, ended };
}

/** Runs a command until it ends. */
export function netloom(...args: readonly string[]): Promise<Ran> {
  return startNetloom(args).ended;
}

/** Runs a command, which must succeed, and returns its stdout. */
export async function netloomOk(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await netloom(...args);
  if (code === 0) return stdout;
  throw new Error(`netloom ${args.join(' ')}: exit code ${String(code)}\n${stdout}${stderr}`);
}
