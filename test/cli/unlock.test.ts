import { expect, test } from 'vitest';
import { parseHolder } from '../../src/hosts/holder.ts';
import type { HeldLock } from '../../src/model/host.ts';
import { fakeShell } from '../codes/fake-node.ts';
import { netloom } from '../support/fake-world.ts';

function held(user: string, pid: number): HeldLock {
  return {
    holder: parseHolder(`user=${user}\nhost=admin1\nsupervisor=${String(pid)}\n`),
    session: `${String(pid)} 1`,
    processes: [{ pid, state: 'S', command: 'netloom: supervisor' }],
  };
}

test('unlock ends the holder that it showed, and tells who has got the lock since then', async () => {
  const ended: (HeldLock | undefined)[] = [];
  const ran = await netloom(['unlock', '--yes', 't.yaml', 'n1'], {
    engine: () => ({
      open: () => Promise.resolve(new Map([['n1', fakeShell('n1', {})]])),
      lockHolders(_, __, end) {
        ended.push(end);
        return Promise.resolve(end ? held('bob', 5) : held('alice', 4));
      },
    }),
  });
  expect(ended).toEqual([undefined, held('alice', 4)]);
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('It has ended. The lock of n1 is held by bob@admin1:');
  expect(ran.out).not.toContain('is free');
});
