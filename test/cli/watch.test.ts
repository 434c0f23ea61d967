import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine, PlanResult, Views } from '../../src/session/engine.ts';
import { Interrupted } from '../../src/cli/exit.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import {
  netloom,
  EMPTY_PLAN,
  FOREIGN,
  ONE_CREATE,
  DELETE_ALL,
  TOPOLOGY,
  type FakeOptions,
} from '../support/fake-world.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netloom-watch-cli-'));
  file = join(folder, 't.yaml');
  await writeFile(file, TOPOLOGY);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const source: Engine['source'] = (name) => Promise.resolve({ file: name, text: readFileSync(name, 'utf8') });

/** Saves atomically, as most editors do. */
async function save(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** A watch that is stopped after these steps. It has time to act between two of them. */
async function watching(steps: readonly (() => Promise<void>)[], flags: readonly string[], options: FakeOptions) {
  const stop = new AbortController();
  let begin = (): void => undefined;
  const begun = new Promise<void>((settle) => {
    begin = settle;
  });
  const ran = netloom(['watch', ...flags, file], {
    ...options,
    signal: stop.signal,
    engine: (engine) => ({
      source: (name) => {
        begin();
        return source(name);
      },
      ...options.engine?.(engine),
    }),
  });
  await begun;
  for (const step of steps) {
    await sleep(500);
    await step();
  }
  await sleep(500);
  stop.abort(new Interrupted('SIGINT'));
  return ran;
}

test('applies after every save over the same shells, prints a mistake, and ends with 0', async () => {
  const ran = await watching(
    [
      // The first run loads all modules.
      () => sleep(500),
      () => writeFile(file, TOPOLOGY.replace('cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/99')),
      () => writeFile(file, TOPOLOGY.replaceAll('vm2', 'vm3')),
    ],
    ['--yes'],
    { first: ONE_CREATE },
  );
  // The nodes are read while the watch waits for the end of the writes.
  expect(ran.calls).toEqual(['open', 'plan demo', 'apply', 'read demo', 'read demo', 'plan demo', 'apply', 'close']);
  expect(ran.err).toContain('error[NL109]');
  expect(ran.err).toContain('Waiting for a change of');
  expect(ran.code).toBe(0);
});

test('asks once', async () => {
  const save = () => writeFile(file, TOPOLOGY.replaceAll('vm2', 'vm3'));
  const ran = await watching([save], [], { first: ONE_CREATE, answer: 'yes' });
  expect(ran.calls.filter((call) => call.startsWith('ask'))).toHaveLength(1);
  expect(ran.calls.filter((call) => call === 'apply')).toHaveLength(2);
});

test('a shell that died is opened again', async () => {
  let plans = 0;
  const ran = await watching([() => writeFile(file, `${TOPOLOGY}\n`)], ['--yes'], {
    engine: () => ({
      async plan() {
        plans += 1;
        if (plans !== 2) return EMPTY_PLAN;
        const { DiagnosticError } = await import('../../src/model/diagnostic.ts');
        throw new DiagnosticError([{ code: 'NLH002', severity: 'error', summary: 'the shell is gone' }]);
      },
    }),
  });
  expect(ran.calls).toEqual(['open', 'read demo', 'close', 'open', 'close']);
  expect(ran.err).not.toContain('NLH002');
});

/** A watch with an empty plan until the file is saved, and with this result from then on. */
async function watchingUntil(then: PlanResult, flags: readonly string[], answer?: string) {
  let saved = false;
  return watching(
    [
      async () => {
        saved = true;
        await save(TOPOLOGY.replaceAll('vm2', 'vm3'));
      },
    ],
    flags,
    {
      ...(answer !== undefined && { answer }),
      engine: () => ({ plan: () => Promise.resolve(saved ? then : EMPTY_PLAN) }),
    },
  );
}

test('the answer no to the question of a later save ends the watch: one question, one plan', async () => {
  const ran = await watchingUntil(ONE_CREATE, [], 'no');
  expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('NLX11')]);
  expect(ran.calls.filter((call) => call.startsWith('ask'))).toHaveLength(1);
  expect(ran.out.match(/^Plan: /gm)).toHaveLength(1);
});

test('a refusal of the guard after a later save is shown once, and the shells stay open', async () => {
  const ran = await watchingUntil(DELETE_ALL, ['--yes']);
  expect(ran.err.match(/NLG01/g)).toHaveLength(1);
  expect(ran.out.match(/^Plan: /gm)).toHaveLength(1);
  expect(ran.calls.filter((call) => call !== 'read demo')).toEqual(['open', 'close']);
});

test('nodes that were read ahead are used once, by the next run', async () => {
  const readings: unknown[] = [];
  const views: Views = new Map();
  const ran = await watching(
    [() => writeFile(file, `${TOPOLOGY}\n`), () => writeFile(file, `${TOPOLOGY}\n\n`)],
    ['--yes'],
    {
      engine: () => ({
        read: () => Promise.resolve(views),
        async plan(_, __, reading) {
          readings.push(await reading);
          return EMPTY_PLAN;
        },
      }),
    },
  );
  expect(ran.code).toBe(0);
  expect(readings).toEqual([undefined, views, views]);
});

test('a plan that was prepared for another text is not applied', async () => {
  const planned = new Map<PlanResult, DesiredGraph>();
  const carried: boolean[] = [];
  const ran = await watching(
    [
      async () => {
        await save(TOPOLOGY.replaceAll('vm2', 'vm3'));
        await sleep(80);
        await save(TOPOLOGY.replaceAll('vm2', 'vm4'));
      },
    ],
    ['--yes'],
    {
      engine: (engine) => ({
        plan(graph) {
          const result = { ...ONE_CREATE };
          planned.set(result, graph);
          return Promise.resolve(result);
        },
        apply(graph, shells, first, options) {
          carried.push(planned.get(first) === graph);
          return engine.apply(graph, shells, first, options);
        },
      }),
    },
  );
  expect(ran.code).toBe(0);
  expect(planned.size).toBeGreaterThan(2);
  expect(carried).toEqual([true, true]);
});

test('a file is compiled once for each text, however often it is saved', async () => {
  let compiled = 0;
  const again = () => save(`${TOPOLOGY}\n`);
  const ran = await watching([again, again], ['--yes'], {
    engine: (engine) => ({
      compile(topology) {
        compiled += 1;
        return engine.compile(topology);
      },
    }),
  });
  expect(ran.calls.filter((call) => call === 'plan demo')).toHaveLength(3);
  expect(compiled).toBe(2);
});

test('standard input cannot be watched; without a terminal it fails at once', async () => {
  expect((await netloom(['watch', '--yes', '-'])).err).toContain('NLX02');
  const { code, err } = await netloom(['watch', 't.yaml']);
  expect([code, err]).toEqual([1, expect.stringContaining('NLX10')]);
});

test('the answer no ends the watch', async () => {
  const { code, err } = await netloom(['watch', file], { first: ONE_CREATE, answer: 'no', engine: () => ({ source }) });
  expect([code, err]).toEqual([1, expect.stringContaining('NLX11')]);
});

test('--heal-foreign holds for every save; a warning that has not changed is printed once', async () => {
  const asked: unknown[] = [];
  const save = (name: string) => () => writeFile(file, TOPOLOGY.replaceAll('vm2', name));
  const ran = await watching([save('vm3'), save('vm4')], ['--yes', '--heal-foreign'], {
    engine: () => ({
      plan(graph) {
        asked.push(graph.healForeign);
        return Promise.resolve(asked.length === 3 ? EMPTY_PLAN : FOREIGN);
      },
    }),
  });
  expect(asked).toEqual([true, true, true]);
  expect(ran.err.match(/NLP40/g)).toHaveLength(1);
});
