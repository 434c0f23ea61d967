import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { lockHolders } from '../../../src/hosts/holders.ts';
import { arm, isRevert, openWindow, WINDOW_FOLDER, windowOf } from '../../../src/hosts/window/window.ts';
import { decideOn } from '../../../src/session/window/window.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { programPath } from '../../support/program.ts';

const nodes = testNodes('ip');

/** Gives a node a window whose time is over after these seconds. */
async function armed(node: TestNode, id: string, script: string, seconds: number): Promise<string | undefined> {
  return arm(node.shell, { topology: 'demo', id, client: '', library: '', script, namespaces: ['-'], seconds });
}

const reverting = (node: TestNode): Promise<string> =>
  vi.waitFor(() => node.sh('pid=$(pgrep -fx "sleep 3") && echo "$pid"'), { timeout: 5000 });

test('a decision that comes while the node reverts is late, and waits for the end', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  expect(await armed(node, 'a', 'sleep 3', 0)).toBeUndefined();
  await reverting(node);
  expect(await decideOn(node.shell, 'keep', 'a')).toMatchObject({
    late: true,
    report: { why: 'timeout', equal: true },
  });
  expect(await windowOf(node.shell)).toBeUndefined();
  // Its timer is killed in the middle: the next decision carries out what was decided.
  expect(await armed(node, 'b', 'sleep 3', 0)).toBeUndefined();
  await reverting(node);
  await node.sh(`kill -KILL "$(cat ${WINDOW_FOLDER}/pid)"`);
  expect(await decideOn(node.shell, 'keep', 'b')).toMatchObject({
    late: true,
    report: { why: 'timeout', equal: true },
  });
  expect(await windowOf(node.shell)).toBeUndefined();
});

test('the lock that a revert holds is known as such', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  expect(await armed(node, 'u', 'sleep 3', 0)).toBeUndefined();
  await reverting(node);
  expect(isRevert(await lockHolders(node.shell))).toBe(true);
  await decideOn(node.shell, 'revert', 'u');
  await node.shell.lock();
  expect(isRevert(await lockHolders(node.shell))).toBe(false);
  await node.shell.unlock();
});

test('a node that cannot be given the way back keeps no window', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  await node.sh(`mkdir -p ${WINDOW_FOLDER}/meta`);
  expect(await armed(node, 'c', ':', 60)).toContain('meta');
  expect(await node.sh('ls -A /run/netloom')).toBe('');
});

test('an apply goes on only while its timer does', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  // Without the lock the apply would be abandoned.
  await node.shell.lock();
  expect(await armed(node, 'e', ':', 600)).toBeUndefined();
  expect(await armed(node, 'e', ':', 600)).toBeUndefined();
  await node.sh(`kill -KILL "$(cat ${WINDOW_FOLDER}/pid)"`);
  expect(await armed(node, 'e', ':', 600)).toContain('its timer has ended');
  await node.sh(`rm -r ${WINDOW_FOLDER}`);
  await node.shell.unlock();
});

test('a revert that hangs is ended', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  const said = await node.sh(`printf 'echo begun; trap "" TERM; sleep 1000; echo more\\n' >/run/script
    cat >/run/timer.pl <<'END_OF_TIMER'
${readFileSync(programPath('hosts/window/timer.pl'), 'utf8')}
END_OF_TIMER
    perl -e 'require shift; run_script(@ARGV)' /run/timer.pl /run/script /run/log 1
    cat /run/log; pgrep -fx "sleep 1000" || echo none`);
  expect(said.split('\n').filter(Boolean)).toEqual(['begun', 'ended after 1 s: a command hangs', 'none']);
});

test('a revert can be decided when /run is full', { timeout: 60_000 }, async () => {
  const node = await nodes.open();
  await node.shell.lock();
  expect(await armed(node, 'd', ':', 600)).toBeUndefined();
  expect(await openWindow(node.shell, 600)).toBe(true);
  await node.shell.unlock();
  await node.sh(`mount -o remount,size=1m /run
    dd if=/dev/zero of=/run/full bs=64k 2>/dev/null || :
    dd if=/dev/zero of=/run/rest bs=4k 2>/dev/null || :`);
  expect(await decideOn(node.shell, 'revert', 'd')).toMatchObject({ late: false, report: { why: 'revert' } });
  await node.sh('rm -f /run/full /run/rest');
});

test(
  'a timer ends who holds the lock of its node, not who waits for it or holds that of a container',
  { timeout: 60_000 },
  async () => {
    const node = await nodes.open();
    await node.sh(`setsid unshare -m sh -c 'mount -t tmpfs t /run && exec 7>/run/netloom.lock && exec sleep 61' \\
    </dev/null >/dev/null 2>&1 &`);
    await node.shell.lock();
    await node.sh(`setsid sh -c 'exec 7<>/run/netloom.lock && exec sleep 62' </dev/null >/dev/null 2>&1 &`);
    expect(await armed(node, 'e', ':', 0)).toBeUndefined();
    await vi.waitFor(() => expect(node.shell.read(':')).rejects.toThrow(), { timeout: 20_000, interval: 200 });
    await node.reopen();
    await vi.waitFor(async () => expect(await windowOf(node.shell)).toBeUndefined(), { timeout: 10_000 });
    expect(await node.sh('pgrep -fx "sleep 61"')).not.toBe('');
    expect(await node.sh('pgrep -fx "sleep 62"')).not.toBe('');
  },
);
