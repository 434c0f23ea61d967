import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UntimedEvent } from '../../src/model/event.ts';
import { addressOf } from '../../src/model/resource.ts';
import { lookFor } from '../../src/page/serve.ts';
import { Show } from '../../src/page/show.ts';
import type { Engine, PlanResult } from '../../src/session/engine.ts';
import { Interrupts } from '../../src/session/interrupts.ts';
import { createSession } from '../../src/session/session.ts';
import { NodesUnreachable } from '../../src/session/unreachable.ts';
import { DELETE_ALL, EMPTY_PLAN, fakeEngine, NIC, ONE_CREATE, TOPOLOGY } from '../support/fake-world.ts';

/** How long something may take on a machine that is busy. */
const SOON = { timeout: 10_000 };

interface World {
  readonly show: Show;
  readonly calls: readonly string[];
  /** Saves the file. */
  readonly save: (text: string) => Promise<void>;
}

/** Runs what the page looks through, over a fake engine, while `work` uses the page. */
async function watched(
  engine: (base: Engine) => Partial<Engine>,
  work: (world: World) => Promise<void>,
  text = TOPOLOGY,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-page-'));
  const file = join(folder, 't.yaml');
  await writeFile(file, text);
  const calls: string[] = [];
  const base = fakeEngine({}, calls);
  const source: Engine['source'] = (name) => Promise.resolve({ file: 't.yaml', text: readFileSync(name, 'utf8') });
  const interrupts = new Interrupts();
  let hear: (event: UntimedEvent) => void = () => undefined;
  const session = createSession({
    engine: { ...base, source, ...engine(base) },
    signal: interrupts.signal,
    interrupts,
    onEvent: (event) => {
      hear(event);
    },
  });
  const about = { file, version: '1.0.0', lab: true, mayApply: true, machine: 'host1' };
  const show = new Show(session, { file, lab: true, choice: {}, task: 'shows', about });
  hear = (event) => {
    show.hear(event);
  };
  const stream = show.board.open()!.getReader();
  const page = {
    onlooker: show,
    connect: (again: () => void) => {
      show.orders.connect(again);
    },
    run: (own: Parameters<Show['orders']['run']>[0]) => show.orders.run(own),
  };
  const run = lookFor(session, page, { file, lab: true, choice: {}, resyncMs: 20 });
  try {
    await work({ show, calls, save: (saved) => writeFile(file, saved) });
  } finally {
    interrupts.ask(() => new Error('the test is over'));
    await run.catch(() => undefined);
    show.close();
    await stream.cancel();
    await rm(folder, { recursive: true });
  }
}

const planning = (result: () => PlanResult) => () => ({ plan: () => Promise.resolve(result()) });

test('it looks at once, and shows the plan with its checksum', async () => {
  await watched(
    planning(() => ONE_CREATE),
    async ({ show: { board } }) => {
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
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
    async ({ show: { board } }) => {
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
      now = ONE_CREATE;
      await expect.poll(() => board.state.drift[0]?.healed, SOON).toBeNull();
      now = EMPTY_PLAN;
      await expect.poll(() => board.state.drift[0]?.healed, SOON).toBeTypeOf('number');
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
  await watched(engine, async ({ show }) => {
    const { board } = show;
    await expect.poll(() => board.state.changes?.checksum, SOON).toBeTypeOf('string');
    expect(show.apply?.('0'.repeat(64))).toBe(true);
    expect(show.apply?.('0'.repeat(64))).toBe(false);
    await expect.poll(() => board.state.work.state, SOON).toBe('stale');
    expect(applied).toEqual([]);
    expect(show.apply?.(board.state.changes!.checksum)).toBe(true);
    await expect.poll(() => board.state.work.state, SOON).toBe('settled');
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
  await watched(engine, async ({ show }) => {
    const { board } = show;
    await expect.poll(() => board.state.changes?.checksum, SOON).toBeTypeOf('string');
    show.apply?.(board.state.changes!.checksum);
    await expect.poll(() => board.state.work.state, SOON).toBe('failed');
    expect(board.state.work.diagnostics[0]?.code).toBe('NLG01');
    expect(applied).toEqual([]);
  });
});

test('a mistake in the file is shown, and what was seen before stays', async () => {
  await watched(
    planning(() => ONE_CREATE),
    async ({ show: { board }, save }) => {
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
      await save(TOPOLOGY.replace('network: net1', 'network: net9'));
      await expect.poll(() => board.state.sight.state, SOON).toBe('blocked');
      await expect.poll(() => board.state.machine.blocked, SOON).toBe(true);
      expect(board.state.sight.diagnostics[0]?.place).toMatch(/^t\.yaml:\d+:\d+$/);
      expect(board.state.services.length).toBeGreaterThan(0);
      await save(TOPOLOGY);
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
    },
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
    async ({ show: { board } }) => {
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
      expect(board.state.sight.diagnostics.map(({ code }) => code)).toContain('NLH008');
    },
    two,
  );
});

test('the shells are closed at the end', async () => {
  let all: readonly string[] = [];
  await watched(
    planning(() => EMPTY_PLAN),
    async ({ show: { board }, calls }) => {
      all = calls;
      await expect.poll(() => board.state.sight.state, SOON).toBe('seen');
    },
  );
  expect(all.filter((call) => call === 'close')).toHaveLength(1);
});

test('what a watch does, hears and waits for is shown', async () => {
  await watched(
    planning(() => EMPTY_PLAN),
    async ({ show }) => {
      await expect.poll(() => show.board.state.machine.phase, SOON).toBe('idle');
      show.hear({ type: 'listening', node: 'n1', namespaces: 3, file: 't.yaml' });
      const object = { node: 'n1', netns: null, address: addressOf({ ...NIC, name: 'brq1' }), kind: 'bridge' };
      show.hear({ type: 'contested', ...object, name: 'brq1', times: 5, seconds: 60, file: 't.yaml' });
      await expect.poll(() => show.board.state.machine.hears, SOON).toEqual({ nodes: 1, namespaces: 3 });
      expect(show.board.state.machine.notes[0]?.text).toContain('Another program changes bridge brq1 on n1 back');
    },
  );
});
