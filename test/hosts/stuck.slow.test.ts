import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lockHolders } from '../../src/hosts/holders.ts';
import type { Shell } from '../../src/model/host.ts';
import { entrance, inNode, openBeside, openNode } from './support.ts';

const SERVER = fileURLToPath(new URL('./stuck.pl', import.meta.url));

function hasFuse(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return process.geteuid?.() === 0;
  } catch {
    return false;
  }
}

/** Mounts a file system on /mnt of a node that answers nothing; returns a function that ends it. */
async function mountStuck(node: Shell): Promise<() => void> {
  const server = spawn('nsenter', [...entrance(node), 'perl', SERVER, '/mnt'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((settle, fail) => {
    server.stdout.once('data', () => {
      settle();
    });
    server.once('exit', (code) => {
      fail(new Error(`exit code ${String(code)}`));
    });
  });
  return () => server.kill('SIGKILL');
}

test('a process in state D is reported as stuck, and the lock stays held until it has ended', async (context) => {
  context.skip(!hasFuse(), '/dev/fuse cannot be opened here');
  const shell = await openNode({ limitMs: 500, client: 'host=admin1\nuser=alice\n' });
  const other = await openBeside(shell);
  const end = await mountStuck(other);
  try {
    expect(await shell.lock()).toEqual({ state: 'taken' });
    const { hung } = await shell.job('cat /mnt/file');
    expect(hung).toMatchObject({ why: 'idle', stuck: [{ state: 'D', command: 'cat /mnt/file' }] });
    expect(await shell.job('echo on'), 'other jobs').toEqual({ code: 0, output: 'on' });
    const pid = hung?.stuck[0]?.pid ?? 0;
    await shell.unlock();
    await shell.close();
    expect(await other.lock()).toMatchObject({
      state: 'busy',
      holder: { host: 'admin1', user: 'alice', stuck: [`${String(pid)} cat`] },
    });
    expect(await lockHolders(other, await lockHolders(other))).toMatchObject({
      processes: [{ pid, command: 'cat /mnt/file' }],
    });
    expect(inNode(other, 'ls /run/netloom.lock')).toBe('/run/netloom.lock\n');
    const waiting = other.lock({ waitMs: 20_000 });
    end();
    expect(await waiting).toEqual({ state: 'taken' });
    await other.unlock();
    expect(inNode(other, 'ls -d /run/netloom.lock || :')).toBe('');
  } finally {
    end();
    await Promise.all([shell.close(), other.close()]);
  }
});
