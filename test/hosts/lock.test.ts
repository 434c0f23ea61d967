import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShell } from '../../src/hosts/shell.ts';
import type { Shell } from '../../src/model/host.ts';

const start = {
  node: 'n',
  description: 'a test',
  rightsHint: '',
  file: 'unshare',
  args: ['-r', '-n', '-m', 'sh', '-c', 'mount -t tmpfs none /run && exec sh'],
};

const TAKEN = { state: 'taken' };

describe('the lock of a node', () => {
  let first: Shell;
  let second: Shell;

  beforeAll(async () => {
    first = await openShell(start);
    second = await openShell({
      ...start,
      file: 'nsenter',
      args: ['-t', String(first.pid), '-U', '--preserve-credentials', '-n', '-m', 'sh'],
    });
  });

  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  test('is held by one shell at a time, and by the next when it is released', async () => {
    expect(await first.lock(), 'the first gets the lock').toEqual(TAKEN);
    expect(await second.lock(), 'the second gets the lock').toMatchObject({ state: 'busy' });
    await first.unlock();
    expect(await second.lock(), 'the second gets the lock').toEqual(TAKEN);
    await second.unlock();
  });

  test('is not held by a daemon that a job started', async () => {
    expect(await first.lock(), 'the first gets the lock').toEqual(TAKEN);
    await first.job('sleep 2 >/dev/null 2>&1 &');
    await first.unlock();
    expect(await second.lock(), 'the second gets the lock').toEqual(TAKEN);
    await second.unlock();
  });
});
