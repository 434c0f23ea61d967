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

test('unlock does not end a revert, unless it is forced', async () => {
  const revert: HeldLock = {
    holder: parseHolder('command=the revert of an apply that was not confirmed\nsupervisor=7\nsince=1\nnow=4\n'),
    session: '7 1',
    processes: [{ pid: 7, state: 'S', command: 'netloom: timer of a revert' }],
  };
  const ended: (HeldLock | undefined)[] = [];
  const unlocked = (...more: string[]) =>
    netloom(['unlock', '--yes', ...more, 't.yaml', 'n1'], {
      engine: () => ({
        open: () => Promise.resolve(new Map([['n1', fakeShell('n1', {})]])),
        lockHolders(_, __, end) {
          ended.push(end);
          return Promise.resolve(end ? { ...revert, processes: [] } : revert);
        },
      }),
    });
  const refused = await unlocked();
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/error\[NLX52\]: n1 reverts an apply[^]*pid 7 \(S\)[^]*Nothing was ended/);
  expect(ended).toEqual([undefined]);
  expect((await unlocked('--force')).out).toContain('The lock of n1 is free.');
  expect(ended).toEqual([undefined, undefined, revert]);
});
