import { expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/exit.ts';
import { Interrupts } from '../../src/session/interrupts.ts';
import { netloom, ONE_CREATE } from '../support/fake-world.ts';

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s ends a command that waits for a node: its shells are closed, and the exit code is %i',
  async (signal, code) => {
    const stop = new AbortController();
    const ran = await netloom(['plan', 't.yaml'], {
      signal: stop.signal,
      engine: () => ({
        plan() {
          setTimeout(() => {
            stop.abort(new Interrupted(signal));
          }, 5);
          return new Promise(() => undefined);
        },
      }),
    });
    expect(ran.code).toBe(code);
    expect(ran.calls).toEqual(['open', 'read demo', 'close']);
    expect(ran.err).toContain(`stopped by ${signal}`);
  },
);

test('a signal interrupts a running apply too', async () => {
  const stop = new AbortController();
  const ran = await netloom(['apply', '--yes', 't.yaml'], {
    signal: stop.signal,
    first: ONE_CREATE,
    engine: () => ({
      apply() {
        stop.abort(new Interrupted('SIGINT'));
        return new Promise(() => undefined);
      },
    }),
  });
  expect([ran.code, ran.calls.at(-1)]).toEqual([130, 'close']);
});

const ROLLED_BACK = {
  ok: false,
  diagnostics: [],
  final: ONE_CREATE,
  rollback: { complete: true, diagnostics: [], lost: [], differs: [] },
};

test.each([
  [['apply', '--yes', 't.yaml'], /^apply failed; every node is as it was before\.$/m],
  [['apply', '--yes', '--json', 't.yaml'], /"type":"end".*"rollback":\{"complete":true,"lost":\[\],"differs":\[\]\}/],
])('%j: the first interrupt lets the apply roll back, and its result is told', async (argv, told) => {
  const interrupts = new Interrupts();
  const ran = await netloom(argv, {
    interrupts,
    first: ONE_CREATE,
    engine: () => ({
      apply(_, __, ___, { begin, rollback }) {
        const stop = begin?.();
        interrupts.ask(() => new Interrupted('SIGINT'));
        expect([stop?.aborted, rollback]).toEqual([true, true]);
        return Promise.resolve(ROLLED_BACK);
      },
    }),
  });
  expect(ran.out).toMatch(told);
  expect([ran.code, ran.calls.at(-1)]).toEqual([130, 'close']);
  expect(ran.err).toContain('netloom: stopped by SIGINT');
});

test('the second interrupt ends an apply that does not end', async () => {
  const interrupts = new Interrupts();
  const ran = await netloom(['apply', '--yes', '--no-rollback', 't.yaml'], {
    interrupts,
    first: ONE_CREATE,
    engine: () => ({
      apply(_, __, ___, { begin, rollback }) {
        expect(rollback).toBe(false);
        begin?.();
        interrupts.ask(() => new Interrupted('SIGINT'));
        interrupts.ask(() => new Interrupted('SIGTERM'));
        return new Promise(() => undefined);
      },
    }),
  });
  expect([ran.code, ran.calls.at(-1)]).toEqual([143, 'close']);
});

test('destroy is not rolled back: the next one continues', async () => {
  const ran = await netloom(['destroy', '--yes', 't.yaml'], {
    first: ONE_CREATE,
    engine: () => ({
      apply: (_, __, ___, { rollback }) =>
        Promise.resolve({ ok: rollback === false, diagnostics: [], final: ONE_CREATE }),
    }),
  });
  expect(ran.code).toBe(0);
});

test.each([
  ['while it waits for the lock', ['apply', '--yes', 't.yaml'], 'lock'],
  ['while destroy waits for the lock', ['destroy', '--yes', 't.yaml'], 'lock'],
  ['in the survey of gc', ['gc', '--dry-run'], 'survey'],
  ['while unlock ends the holder', ['unlock', '--yes', 't.yaml', 'n1'], 'lockHolders'],
  ['in show', ['show', 't.yaml'], 'plan'],
] as const)('SIGINT ends a command within a second, and closes its shells: %s', async (_, argv, at) => {
  const stop = new AbortController();
  let begin = 0;
  const ran = await netloom(argv, {
    signal: stop.signal,
    first: ONE_CREATE,
    engine: () => ({
      [at]() {
        begin = performance.now();
        stop.abort(new Interrupted('SIGINT'));
        return new Promise(() => undefined);
      },
    }),
  });
  expect(begin).toBeGreaterThan(0);
  expect(performance.now() - begin).toBeLessThan(1000);
  expect([ran.code, ran.calls.at(-1)]).toEqual([130, 'close']);
});

test('SIGINT ends a request of verify', async () => {
  const stop = new AbortController();
  const ran = await netloom(['verify', '--lab', 't.yaml'], {
    signal: stop.signal,
    engine: (engine) => ({
      lab: {
        ...engine.lab,
        run() {
          stop.abort(new Interrupted('SIGINT'));
          return new Promise(() => undefined);
        },
      },
    }),
  });
  expect(ran.code).toBe(130);
});
