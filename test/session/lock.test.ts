import { expect, test } from 'vitest';
import { parseHolder } from '../../src/hosts/holder.ts';
import type { ConfirmWindow, LockAnswer } from '../../src/model/host.ts';
import { lockNodes } from '../../src/session/lock.ts';
import { fakeShell } from '../codes/fake-node.ts';

const OPEN: ConfirmWindow = { topology: 'demo', id: 'a', state: 'waiting', left: 60, decided: false, dead: false };

/** Locks a node with these answers, the last again and again. Returns the codes of errors, and who was waited for. */
async function locked(waitMs: number, ...answers: LockAnswer[]): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  const lock = (): Promise<LockAnswer> =>
    Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? { state: 'taken' });
  const errors = await lockNodes(new Map([['n1', fakeShell('n1', {}, { lock })]]), {
    waitMs,
    onBusy: (_, { user, command }) => told.push(`${user ?? ''}: ${command ?? ''}`),
  });
  return [...told, ...errors.map(({ code }) => code)];
}

function window(more: Partial<ConfirmWindow> = {}): LockAnswer {
  return { state: 'window', window: { ...OPEN, ...more }, holder: parseHolder('user=alice\ncommand=netloom apply\n') };
}

test('an apply that waits to be confirmed is waited for as long as another netloom, and told once', async () => {
  const waits = 'alice: netloom apply; it waits to be confirmed';
  expect(await locked(10_000, window(), window(), window({ left: 59 }), { state: 'taken' })).toEqual([waits]);
  expect(await locked(50, window())).toEqual([waits, 'NLA30']);
  expect(await locked(0, window())).toEqual(['NLA30']);
});

test('an apply whose timer has ended is not waited for: nothing ends it', async () => {
  expect(await locked(10_000, window({ dead: true }))).toEqual(['NLA30']);
});
