import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LIMIT_MS } from '../hosts/limits.ts';
import type { ShellOptions } from '../model/host.ts';
import { killGroup } from '../programs/run.ts';
import { labError } from './errors.ts';
import { runningLab, type RunningLab } from './entry.ts';
import { refusalHint } from './namespaces.ts';
import { searchPath } from './preflight.ts';
import { stateDir, userId, writeLabFiles } from './state-dir.ts';

/** Starts pid 1 of a lab and waits until it is ready. It outlives this process; only `labDown` ends it. */
export async function startHolder(name: string, options: ShellOptions = {}): Promise<RunningLab> {
  const dir = stateDir(name);
  await writeLabFiles(dir);
  const log = await open(path.join(dir, 'log'), 'w', 0o600);
  try {
    const result = await untilReady(dir, log.fd, options);
    const lab = result === 'ready' ? await runningLab(name) : undefined;
    if (lab !== undefined) return lab;
    throw labError({
      code: 'NLL006',
      summary: `The lab ${name} did not start: ${result}`,
      detail: await readFile(path.join(dir, 'log'), 'utf8'),
      hint: await refusalHint(),
    });
  } finally {
    await log.close();
  }
}

/** Starts the process. Returns `ready`, or the reason why it is not. */
function untilReady(dir: string, log: number, { signal, limitMs = LIMIT_MS }: ShellOptions): Promise<string> {
  const child = spawn(
    'unshare',
    [
      ...(userId() === 0 ? [] : ['-U', '-r']),
      ...['-p', '-f', '-n', '-m', '-u', '-i', '--propagation', 'private'],
      ...['sh', path.join(dir, 'holder.sh'), dir],
    ],
    { cwd: '/', detached: true, stdio: ['ignore', 'pipe', log], env: { PATH: searchPath(), LC_ALL: 'C', HOME: '/' } },
  );
  return new Promise<string>((resolve) => {
    let output = '';
    const end = (why: string): void => {
      killGroup(child.pid);
      done(why);
    };
    const onAbort = (): void => {
      end('netloom was stopped');
    };
    const timer = setTimeout(() => {
      end(`nothing was heard of it for ${String(limitMs / 1000)} s`);
    }, limitMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const done = (result: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      child.stdout?.destroy();
      child.unref();
      resolve(result);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('ready')) done('ready');
    });
    child.once('error', (error) => {
      done(error.message);
    });
    child.once('exit', (code) => {
      done(`exit code ${String(code)}`);
    });
  });
}
