import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shell } from '../../src/model/host.ts';
import { openNode } from './support.ts';

let shell: Shell;

beforeAll(async () => {
  shell = await openNode();
});

afterAll(async () => {
  await shell.close();
});

const LOCK = '/run/netloom.lock';

test.each([
  ['a folder', `mkdir ${LOCK}`, `rmdir ${LOCK}`, `${LOCK} is a folder`],
  ['a symbolic link', `ln -s /etc/passwd ${LOCK}`, `rm ${LOCK}`, `${LOCK} is a symbolic link`],
  ['a pipe', `mkfifo ${LOCK}`, `rm ${LOCK}`, `${LOCK} is not a regular file`],
  [
    'a read-only file system',
    'mount -o remount,ro /run',
    'mount -o remount,rw /run',
    'the file system of /run is read-only',
  ],
  ['a full file system', 'mount -t tmpfs -o nr_inodes=1 none /run', 'umount /run', 'there is no space left in /run'],
])('the lock cannot be taken because of %s', async (_, make, remove, why) => {
  await shell.read(make);
  expect(await shell.lock()).toMatchObject({ state: 'failed', why });
  await shell.read(remove);
  expect(await shell.lock(), 'afterwards').toEqual({ state: 'taken' });
  await shell.unlock();
});

test('a file that others may open, as flock(1) creates it, is closed to them', async () => {
  await shell.read(`: >${LOCK}; chmod 0666 ${LOCK}`);
  expect(await shell.lock()).toEqual({ state: 'taken' });
  expect(await shell.read(`stat -c %a ${LOCK}`)).toBe('600\n');
  await shell.unlock();
});
