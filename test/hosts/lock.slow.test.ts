import { expect, test } from 'vitest';
import type { Shell } from '../../src/model/host.ts';
import { lockHolders } from '../../src/hosts/holders.ts';
import { openBeside, openNode } from './support.ts';

const SESSIONS = 10;
const TURNS = 8;
/** Fails if another session is inside at the same time. */
const INSIDE = 'mkdir /run/inside && sleep 0.01 && rmdir /run/inside';

/** Runs work with shells in the namespaces of one node. */
async function withShells(
  count: number,
  work: (node: Shell, shells: readonly Shell[]) => Promise<void>,
): Promise<void> {
  const node = await openNode();
  const shells = await Promise.all(Array.from({ length: count }, () => openBeside(node)));
  try {
    await work(node, shells);
  } finally {
    await Promise.all([node, ...shells].map((shell) => shell.close()));
  }
}

test.each([2, 10])('%i sessions that wait get the lock in their order', async (count) => {
  await withShells(count, async (node, shells) => {
    expect(await node.lock()).toEqual({ state: 'taken' });
    const order: number[] = [];
    const waits: Promise<void>[] = [];
    for (const [index, shell] of shells.entries()) {
      await new Promise<void>((busy) => {
        const wait = async (): Promise<void> => {
          expect(await shell.lock({ waitMs: 60_000, onBusy: () => setTimeout(busy, 100) })).toEqual({ state: 'taken' });
          order.push(index);
          await shell.unlock();
        };
        waits.push(wait());
      });
    }
    await node.unlock();
    await Promise.all(waits);
    expect(order).toEqual(shells.map((_, index) => index));
  });
});

test('no two sessions ever hold the lock, although some are killed', async () => {
  await withShells(1, async (node) => {
    const results: unknown[] = [];
    const session = async (number: number): Promise<void> => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const shell = await openBeside(node);
        expect(await shell.lock({ waitMs: 120_000 })).toEqual({ state: 'taken' });
        const job = shell.job(INSIDE).catch(() => undefined);
        // Its job goes on for a moment, and the lock is free when it has ended.
        if ((number + turn) % 3 === 0) process.kill(shell.pid, 'SIGKILL');
        results.push((await job)?.code);
        await shell.unlock().catch(() => undefined);
        await shell.close();
      }
    };
    await Promise.all(Array.from({ length: SESSIONS }, (_, number) => session(number)));
    expect(results).toHaveLength(SESSIONS * TURNS);
    expect(results.filter((code) => code !== 0 && code !== undefined)).toEqual([]);
    expect(results.filter((code) => code === 0).length).toBeGreaterThan(SESSIONS);
    await node.lock({ waitMs: 10_000 });
    expect(await node.read('ls -d /run/inside || :')).toBe('');
  });
});

test('unlock ends a live holder with its jobs, and not the session that waits for the lock', async () => {
  await withShells(2, async (node, [holder, waiter]) => {
    if (holder === undefined || waiter === undefined) throw new Error('no shells');
    expect(await holder.lock()).toEqual({ state: 'taken' });
    const job = holder.job("trap '' TERM; sleep 60; sleep 60").catch(() => undefined);
    const held = await lockHolders(node);
    expect(held.processes.map(({ pid }) => pid)).toContain(holder.pid);
    let waiting: Promise<unknown> = Promise.resolve();
    await new Promise<void>((busy) => {
      waiting = waiter.lock({ waitMs: 60_000, onBusy: () => setTimeout(busy, 100) });
    });
    const left = await lockHolders(node, held);
    expect(await waiting).toEqual({ state: 'taken' });
    await job;
    expect(await holder.job('true').catch(() => 'ended')).toBe('ended');
    expect(left.session).not.toBe(held.session);
    expect(left.processes).toMatchObject([{ pid: waiter.pid }]);
    expect(await waiter.job('echo on'), 'the session that waited works').toEqual({ code: 0, output: 'on' });
  });
});

test('unlock ends nobody but the holder that was shown', async () => {
  await withShells(2, async (node, [first, second]) => {
    if (first === undefined || second === undefined) throw new Error('no shells');
    await first.lock();
    const shown = await lockHolders(node);
    await first.unlock();
    expect(await second.lock()).toEqual({ state: 'taken' });
    expect(await lockHolders(node, shown)).toMatchObject({ processes: [{ pid: second.pid }] });
    expect(await second.job('echo on')).toEqual({ code: 0, output: 'on' });
  });
});
