import { expect, test } from 'vitest';
import { watching } from '../../src/page/watching.ts';
import type { Engine, PlanResult } from '../../src/session/engine.ts';
import { Interrupts } from '../../src/session/interrupts.ts';
import { createSession } from '../../src/session/session.ts';
import { NodesUnreachable } from '../../src/session/unreachable.ts';
import { DELETE_ALL, EMPTY_PLAN, fakeEngine, ONE_CREATE, TOPOLOGY } from '../support/fake-world.ts';

/** Runs the page's eye over a fake engine while `work` uses it. */
async function watched(
  engine: (base: Engine) => Partial<Engine>,
  work: (eye: ReturnType<typeof watching>, calls: readonly string[]) => Promise<void>,
  files: Record<string, string> = { 't.yaml': TOPOLOGY },
): Promise<void> {
  const calls: string[] = [];
  const base = fakeEngine({ files }, calls);
  const interrupts = new Interrupts();
  const session = createSession({
    engine: { ...base, ...engine(base) },
    signal: interrupts.signal,
    interrupts,
    onEvent: () => undefined,
  });
  const about = { file: 't.yaml', version: '1.0.0', lab: true, mayApply: true, machine: 'host1' };
  const eye = watching(session, { file: 't.yaml', lab: true, choice: {}, every: 10, about });
  // With a reader it looks often.
  const stream = eye.board.open()!.getReader();
  const run = eye.run();
  try {
    await work(eye, calls);
  } finally {
    interrupts.ask(() => new Error('the test is over'));
    await run.catch(() => undefined);
    await stream.cancel();
  }
}

const planning = (result: () => PlanResult) => () => ({ plan: () => Promise.resolve(result()) });

test('it looks at once, and shows the plan with its checksum', async () => {
  await watched(
    planning(() => ONE_CREATE),
    async ({ board }) => {
      await expect.poll(() => board.state.sight.state).toBe('seen');
      expect(board.state.about.topology).toBe('demo');
      expect(board.state.changes).toMatchObject({ words: 'Plan: 1 to add, 0 to change, 0 to destroy.' });
      expect(board.state.reach.rows).toHaveLength(2);
    },
  );
});

test('drift appears and is healed', async () => {
  let now = EMPTY_PLAN;
  await watched(
    planning(() => now),
    async ({ board }) => {
      await expect.poll(() => board.state.sight.state).toBe('seen');
      now = ONE_CREATE;
      await expect.poll(() => board.state.drift[0]?.healed).toBeNull();
      now = EMPTY_PLAN;
      await expect.poll(() => board.state.drift[0]?.healed).toBeTypeOf('number');
    },
  );
});

test('exactly the plan that was shown is applied', async () => {
  const applied: PlanResult[] = [];
  const engine = () => ({
    plan: () => Promise.resolve(ONE_CREATE),
    apply: (_: unknown, __: unknown, first: PlanResult) => {
      applied.push(first);
      return Promise.resolve({ ok: true, diagnostics: [], final: EMPTY_PLAN });
    },
  });
  await watched(engine, async ({ board, desk }) => {
    await expect.poll(() => board.state.changes?.checksum).toBeTypeOf('string');
    expect(desk.apply?.('0'.repeat(64))).toBe(true);
    expect(desk.apply?.('0'.repeat(64))).toBe(false);
    await expect.poll(() => board.state.work.state).toBe('stale');
    expect(applied).toEqual([]);
    expect(desk.apply?.(board.state.changes!.checksum)).toBe(true);
    await expect.poll(() => board.state.work.state).toBe('settled');
    expect(applied).toHaveLength(1);
  });
});

test('the guard holds: a plan that deletes everything is not applied', async () => {
  const applied: string[] = [];
  const engine = (base: Engine) => ({
    plan: () => Promise.resolve(DELETE_ALL),
    apply: (...args: Parameters<Engine['apply']>) => {
      applied.push('apply');
      return base.apply(...args);
    },
  });
  await watched(engine, async ({ board, desk }) => {
    await expect.poll(() => board.state.changes?.checksum).toBeTypeOf('string');
    desk.apply?.(board.state.changes!.checksum);
    await expect.poll(() => board.state.work.state).toBe('failed');
    expect(board.state.work.diagnostics[0]?.code).toBe('NLG01');
    expect(applied).toEqual([]);
  });
});

test('a mistake in the file is shown, and what was seen before stays', async () => {
  const files = { 't.yaml': TOPOLOGY };
  await watched(
    planning(() => ONE_CREATE),
    async ({ board }) => {
      await expect.poll(() => board.state.sight.state).toBe('seen');
      files['t.yaml'] = TOPOLOGY.replace('network: net1', 'network: net9');
      await expect.poll(() => board.state.sight.state).toBe('failed');
      expect(board.state.sight.diagnostics[0]?.place).toMatch(/^t\.yaml:\d+:\d+$/);
      expect(board.state.services.length).toBeGreaterThan(0);
      files['t.yaml'] = TOPOLOGY;
      await expect.poll(() => board.state.sight.state).toBe('seen');
    },
    files,
  );
});

test('a node that cannot be reached is left out, and the others are shown', async () => {
  const two = TOPOLOGY.replace('\nnetworks:', '\n  n2: { reach: { via: lab } }\nnetworks:');
  const engine = (base: Engine): Partial<Engine> => ({
    open(outline, options, shell) {
      if (options.nodes?.includes('n2') === false) return base.open(outline, options, shell);
      return Promise.reject(
        new NodesUnreachable(['n2'], false, {
          code: 'NLH008',
          severity: 'error',
          summary: '1 of 2 nodes cannot be reached: n2',
        }),
      );
    },
  });
  await watched(
    engine,
    async ({ board }) => {
      await expect.poll(() => board.state.sight.state).toBe('seen');
      expect(board.state.sight.diagnostics.map(({ code }) => code)).toContain('NLH008');
    },
    { 't.yaml': two },
  );
});

test('the shells are closed at the end', async () => {
  let all: readonly string[] = [];
  await watched(
    planning(() => EMPTY_PLAN),
    async ({ board }, calls) => {
      all = calls;
      await expect.poll(() => board.state.sight.state).toBe('seen');
    },
  );
  expect(all.filter((call) => call === 'close')).toHaveLength(1);
});
