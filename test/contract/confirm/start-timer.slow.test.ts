import { expect, test } from 'vitest';
import { shellQuote } from '../../../src/hosts/quote.ts';
import { arm, openWindow, WINDOW_FOLDER, windowOf } from '../../../src/hosts/window/window.ts';
import { decideOn } from '../../../src/session/window/window.ts';
import { testNodes, type TestNode } from '../../support/node.ts';

const nodes = testNodes('ip', 'setsid');

/** A folder early in the PATH of such a node. */
const FAKES = '/run/iptables';

/** Opens a node on which systemd seems to run, with a program in the place of systemd-run. */
async function withSystemd(script: string): Promise<TestNode> {
  const node = await nodes.open({ iptables: 'nft' });
  await node.sh(`mkdir -p /run/systemd/system`);
  await program(node, 'systemd-run', script);
  return node;
}

async function program(node: TestNode, name: string, script: string): Promise<void> {
  await node.sh(`printf '%s\\n' '#!/bin/sh' ${shellQuote(script)} >${FAKES}/${name}; chmod 755 ${FAKES}/${name}`);
}

/** Records how it is called, and starts what it is given as the system's manager does: as no child of the caller. */
const RECORDS = `printf '%s\\n' "$@" >/run/called
ls /proc/self/fd >/run/descriptors
while case $1 in --*) : ;; *) false ;; esac; do shift; done
setsid "$@" </dev/null >/dev/null 2>&1 &`;

/** Gives the node a window whose revert writes a file, and lets it wait. */
async function armed(node: TestNode, seconds = 600): Promise<void> {
  await node.shell.lock();
  const script = ': >/run/was-reverted';
  const arming = { topology: 'demo', id: 'a', client: '', library: '', script, namespaces: ['-'], seconds };
  expect(await arm(node.shell, arming)).toBeUndefined();
  expect(await windowOf(node.shell)).toMatchObject({ state: 'applying', dead: false });
}

async function kept(node: TestNode): Promise<void> {
  expect(await openWindow(node.shell, 600)).toBe(true);
  await node.shell.unlock();
  expect(await decideOn(node.shell, 'keep', 'a')).toMatchObject({ late: false, report: undefined });
  expect((await node.try('ls /run/was-reverted')).code).not.toBe(0);
}

test('where systemd runs, the timer is a unit of its own, without the lock', { timeout: 60_000 }, async () => {
  const node = await withSystemd(RECORDS);
  await armed(node);
  const [unit, ...called] = (await node.sh('grep ^--unit= /run/called; grep -v ^--unit= /run/called'))
    .trim()
    .split('\n');
  expect(unit).toMatch(/^--unit=netloom-confirm-\d+$/);
  expect(called).toEqual([
    '--quiet',
    '--collect',
    '--property=KillMode=process',
    'perl',
    `${WINDOW_FOLDER}/timer`,
    WINDOW_FOLDER,
  ]);
  expect((await node.sh('cat /run/descriptors')).split('\n')).not.toContain('9');
  await kept(node);
  await node.sh('rm /run/called');
  await armed(node);
  expect(await node.sh('cat /run/called')).toContain('--unit=');
  await node.shell.unlock();
  expect(await decideOn(node.shell, 'revert', 'a')).toMatchObject({ late: false, report: { why: 'revert' } });
  await node.sh('ls /run/was-reverted');
});

test.each([
  ['fails', 'echo called >/run/called; echo "Failed to start transient service unit" >&2; exit 1', true],
  // The machine's own program, which finds no system manager here.
  ['finds no manager', 'echo called >/run/called; exec /usr/bin/systemd-run "$@"', true],
])('a timer that systemd-run %s to start is started without it', { timeout: 60_000 }, async (_, script, isCalled) => {
  const node = await withSystemd(script);
  await armed(node);
  expect((await node.try('ls /run/called')).code === 0).toBe(isCalled);
  await kept(node);
});

test.each([
  ['there is no folder of it', async (node: TestNode) => node.sh('rmdir /run/systemd/system')],
  // So it is in a container that shares the folder, and in a lab.
  [
    'it is that of another network',
    async (node: TestNode) => node.reopen([...node.entry.slice(0, -1), 'unshare', '-n', 'sh']),
  ],
  [
    'it is that of other mounts',
    async (node: TestNode) => node.reopen([...node.entry.slice(0, -1), 'unshare', '-m', 'sh']),
  ],
])('systemd is not asked where %s', { timeout: 60_000 }, async (_, change) => {
  const node = await withSystemd(': >/run/called; exit 1');
  await change(node);
  await armed(node);
  expect((await node.try('ls /run/called')).code).not.toBe(0);
  await kept(node);
});

test.each([
  ['forward', '+'],
  ['back', '-'],
])('a clock that jumps %s by years does not end the window, nor lengthen it', { timeout: 60_000 }, async (_, sign) => {
  const node = await nodes.open({ iptables: 'nft' });
  // The clock of the timer's process has jumped each time it is asked, and so has date(1).
  const jumps = `BEGIN { my $n = 0; *CORE::GLOBAL::time = sub () { CORE::time() ${sign} 300_000_000 * ++$n } }`;
  await program(
    node,
    'perl',
    `real=$(PATH=$(echo "$PATH" | sed 's,^${FAKES}:,,') command -v perl)
case $1 in */timer) : >/run/jumped; exec "$real" -e ${shellQuote(`${jumps} $0 = shift; do $0; run_timer(@ARGV)`)} "$@" ;; esac
exec "$real" "$@"`,
  );
  await program(node, 'date', `exec /bin/date -d '${sign}10 years' "$@"`);
  await armed(node);
  await node.sh('ls /run/jumped');
  expect(await openWindow(node.shell, 3)).toBe(true);
  await node.shell.unlock();
  const began = performance.now();
  await node.sh('sleep 1.5');
  expect(await windowOf(node.shell)).toMatchObject({ state: 'waiting', dead: false, decided: false });
  await node.sh('while [ ! -e /run/was-reverted ]; do sleep 0.05; done');
  const waited = (performance.now() - began) / 1000;
  // The node counts whole seconds since its boot.
  expect(waited).toBeGreaterThan(1.9);
  expect(waited).toBeLessThan(9);
});
